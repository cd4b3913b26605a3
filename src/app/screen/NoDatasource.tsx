import React from 'react';

import { locationUtil } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import { EmptyState, LinkButton } from '@grafana/ui';

/** Shown by every screen while there is no data source of our type. */
export function NoDatasource() {
  return (
    <EmptyState
      variant="call-to-action"
      message={t('app.no-datasource.message', 'Connect a profile server first')}
      button={
        <LinkButton icon="plus" href={locationUtil.assureBaseUrl('/connections/datasources/new')}>
          {t('app.no-datasource.add', 'Add a data source')}
        </LinkButton>
      }
    >
      <Trans i18nKey="app.no-datasource.text">
        Profiles come from a data source of the type “Flamewatch profiles”: give it the address of a Pyroscope, or of a
        server that speaks its API.
      </Trans>
    </EmptyState>
  );
}
