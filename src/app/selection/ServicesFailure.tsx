import React from 'react';

import { t } from '@grafana/i18n';

import { QueryFailure } from '../screen/QueryFailure';

interface Props {
  /** Why, as a sentence to act on. */
  reason: string;
  datasourceUid: string;
  onRetry: () => void;
}

/** It is not known which services there are. */
export function ServicesFailure(props: Props) {
  return <QueryFailure title={t('app.services.failed', 'The services could not be loaded')} {...props} />;
}
