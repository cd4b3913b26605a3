import { css } from '@emotion/css';
import React, { useCallback, useEffect, useMemo, useState } from 'react';

import { type GrafanaTheme2, LoadingState } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import { locationService } from '@grafana/runtime';
import { type SceneComponentProps, sceneGraph } from '@grafana/scenes';
import { Alert, EmptyState, Button, useStyles2 } from '@grafana/ui';

import { firstChoice } from '../../datasource/profileTypes/profileType';
import { spanOf } from '../../datasource/resources/span';
import { useAnswer } from '../../datasource/resources/useAnswer';
import { profilesUrl } from '../../links/appUrl';
import { useServiceDirectory } from '../resources/useServiceDirectory';
import { useDatasourceUid } from '../screen/datasourceOf';
import { failureOf, noticesOf } from '../screen/failureOf';
import { NoDatasource } from '../screen/NoDatasource';
import { QueryFailure } from '../screen/QueryFailure';

import { ListSkeleton } from './ListSkeleton';
import { NoServices } from './NoServices';
import { costsOf } from './serviceCosts';
import { ServiceList } from './ServiceList';
import { rowsOf, searchRows, type ServiceRow } from './serviceRows';
import type { ServicesOverview } from './ServicesOverview';
import { ServicesToolbar } from './ServicesToolbar';

/** The list of all services with what surrounds it: toolbar, reasons for failures and for an empty list. */
export function ServicesView({ model }: SceneComponentProps<ServicesOverview>) {
  const styles = useStyles2(getStyles);
  const { profileTypeId, search, order } = model.useState();
  const { data } = model.costs.useState();
  const datasourceUid = useDatasourceUid(model);
  const timeRange = sceneGraph.getTimeRange(model).useState();
  const directory = useServiceDirectory(datasourceUid);

  const ask = useCallback(() => directory.services(spanOf(timeRange.value)), [directory, timeRange.value]);
  const [cancelledAsk, setCancelledAsk] = useState<typeof ask>();
  const cancelled = cancelledAsk === ask;
  const answer = useAnswer(datasourceUid === '' || cancelled ? undefined : ask);

  const profileTypes = answer.value?.profileTypes;
  useEffect(() => {
    if (profileTypeId === undefined && profileTypes !== undefined) {
      model.chooseProfileType(firstChoice(profileTypes) ?? '');
    }
  }, [model, profileTypeId, profileTypes]);

  const costs = useMemo(() => costsOf(data?.series ?? []), [data?.series]);
  const services = answer.value?.services;
  const rows = useMemo(() => rowsOf(services ?? [], costs, order), [services, costs, order]);
  const found = useMemo(() => searchRows(rows, search), [rows, search]);
  const costFailure = failureOf(data);
  const costsLoading = data?.state === LoadingState.Loading;

  const retry = () => {
    setCancelledAsk(undefined);
    answer.retry();
    model.retry();
  };
  const cancel = () => {
    setCancelledAsk(() => ask);
    model.cancel();
  };
  const linkTo = useCallback(
    ({ name, profileTypes: sent }: ServiceRow) => {
      const isSent = profileTypeId === undefined || sent === undefined || sent.includes(profileTypeId);
      return profilesUrl({
        datasourceUid,
        range: { from: timeRange.from, to: timeRange.to },
        profileTypeId: isSent ? profileTypeId : firstChoice(sent),
        service: name,
      });
    },
    [datasourceUid, profileTypeId, timeRange.from, timeRange.to]
  );

  if (datasourceUid === '') {
    return <NoDatasource />;
  }
  if (answer.failure !== undefined && rows.length === 0) {
    return (
      <QueryFailure
        title={t('app.services.failed', 'The services could not be loaded')}
        reason={answer.failure}
        datasourceUid={datasourceUid}
        onRetry={retry}
      />
    );
  }
  if (rows.length === 0 && cancelled) {
    return (
      <EmptyState
        variant="not-found"
        hideImage
        message={t('app.services.cancelled', 'Loading was cancelled')}
        button={
          <Button icon="sync" onClick={retry}>
            {t('app.screen.try-again', 'Try again')}
          </Button>
        }
      />
    );
  }
  if (rows.length === 0 && (answer.loading || services === undefined)) {
    return <ListSkeleton onCancel={cancel} />;
  }
  if (rows.length === 0) {
    return <NoServices model={model} reasons={noticesOf(data)} datasourceUid={datasourceUid} loading={costsLoading} />;
  }
  return (
    <div className={styles.screen}>
      <ServicesToolbar
        model={model}
        profileTypes={profileTypes ?? []}
        shown={found.length}
        all={rows.length}
        costs={costs}
        loading={costsLoading || answer.loading}
        onCancel={cancel}
        onOpenFirst={() => found.length > 0 && locationService.push(linkTo(found[0]))}
      />
      {costFailure !== undefined && (
        <QueryFailure
          title={t('app.services.costs-failed', 'The cost of the services is not known')}
          reason={costFailure}
          datasourceUid={datasourceUid}
          onRetry={retry}
        />
      )}
      {costs !== undefined && costs.cutOff > 0 && (
        <Alert
          severity="info"
          title={t('app.services.cut-off', 'The {{count}} services that cost least are listed without their cost', {
            count: costs.cutOff,
          })}
        />
      )}
      {found.length === 0 ? (
        <EmptyState
          variant="not-found"
          message={t('app.services.no-match', 'No service is called “{{search}}”', { search })}
          button={
            <Button variant="secondary" onClick={() => model.search('')}>
              <Trans i18nKey="app.services.clear-search">Show all services</Trans>
            </Button>
          }
        />
      ) : (
        <ServiceList
          rows={found}
          costs={costs}
          costsLoading={costsLoading && costs === undefined}
          order={order}
          onSort={model.sortBy}
          linkTo={linkTo}
        />
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  screen: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2), flexGrow: 1, minWidth: 0 }),
});
