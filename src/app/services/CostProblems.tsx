import React from 'react';

import { t } from '@grafana/i18n';
import { Alert } from '@grafana/ui';

import { QueryFailure } from '../screen/QueryFailure';

import type { ServicesAnswer } from './useServices';

interface Props {
  answer: ServicesAnswer;
  datasourceUid: string;
}

/** Why services are listed without a cost: the query failed, found nothing, or left out the cheapest. */
export function CostProblems({ answer, datasourceUid }: Props) {
  const { costs, costFailure, costsLoading, notices, retry } = answer;
  if (costFailure !== undefined) {
    return (
      <QueryFailure
        title={t('app.services.costs-failed', 'The cost of the services is not known')}
        reason={costFailure}
        datasourceUid={datasourceUid}
        onRetry={retry}
      />
    );
  }
  if (costs === undefined) {
    return costsLoading || notices.length === 0 ? null : <Notice text={notices.join(' ')} />;
  }
  if (costs.cutOff > 0) {
    const text = t(
      'app.services.cut-off',
      'The {{count}} services that cost least are listed without their cost; shares are of all the others together.',
      { count: costs.cutOff }
    );
    return <Notice text={text} />;
  }
  return null;
}

function Notice({ text }: { text: string }) {
  return (
    <div>
      <Alert severity="info" title={text} />
    </div>
  );
}
