import { css } from '@emotion/css';
import React, { useCallback, useMemo } from 'react';

import { type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { locationService } from '@grafana/runtime';
import { type SceneComponentProps, sceneGraph } from '@grafana/scenes';
import { Button, EmptyState, useStyles2 } from '@grafana/ui';

import { firstChoice } from '../../datasource/profileTypes/profileType';
import { profilesUrl } from '../../links/appUrl';
import { useDatasourceUid } from '../screen/datasourceOf';
import { LoadingCancelled } from '../screen/LoadingCancelled';
import { NoDatasource } from '../screen/NoDatasource';
import { NoProfiles } from '../screen/NoProfiles';
import { QueryFailure } from '../screen/QueryFailure';

import { CostProblems } from './CostProblems';
import { ListSkeleton } from './ListSkeleton';
import { ServiceList } from './ServiceList';
import { searchRows, type ServiceRow } from './serviceRows';
import type { ServicesOverview } from './ServicesOverview';
import { ServicesToolbar } from './ServicesToolbar';
import { useServices } from './useServices';

/** The screen below its head: the list of services, or why there is none. */
export function ServicesView({ model }: SceneComponentProps<ServicesOverview>) {
  const styles = useStyles2(getStyles);
  const datasourceUid = useDatasourceUid(model);
  return (
    <div className={styles.screen}>
      {datasourceUid === '' ? <NoDatasource /> : <Services model={model} datasourceUid={datasourceUid} />}
    </div>
  );
}

function Services({ model, datasourceUid }: { model: ServicesOverview; datasourceUid: string }) {
  const { search, order } = model.useState();
  const answer = useServices(model, datasourceUid);
  const { rows, costs, costsLoading, retry, cancel } = answer;
  const found = useMemo(() => searchRows(rows, search), [rows, search]);
  const linkTo = useLinks(model, datasourceUid);

  if (answer.waiting) {
    return <ListSkeleton onCancel={cancel} />;
  }
  if (rows.length === 0 && answer.cancelled) {
    return <LoadingCancelled onRetry={retry} />;
  }
  if (rows.length === 0 && answer.failure !== undefined) {
    return (
      <QueryFailure
        title={t('app.services.failed', 'The services could not be loaded')}
        reason={answer.failure}
        datasourceUid={datasourceUid}
        onRetry={retry}
      />
    );
  }
  if (rows.length === 0) {
    return (
      <NoProfiles scene={model} reasons={answer.notices} datasourceUid={datasourceUid} loading={answer.costsLoading} />
    );
  }
  return (
    <>
      <ServicesToolbar
        model={model}
        profileTypes={answer.profileTypes}
        shown={found.length}
        all={rows.length}
        costs={costs}
        loading={answer.loading}
        onCancel={cancel}
        onOpenFirst={() => found.length > 0 && locationService.push(linkTo(found[0]))}
      />
      <CostProblems answer={answer} datasourceUid={datasourceUid} />
      {found.length === 0 ? (
        <EmptyState
          variant="not-found"
          message={t('app.services.no-match', 'No service is called “{{search}}”', {
            search,
            interpolation: { escapeValue: false },
          })}
          button={
            <Button variant="secondary" onClick={() => model.search('')}>
              {t('app.services.clear-search', 'Show all services')}
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
    </>
  );
}

/** Where a row leads: the service in the same range, with the type in view, or with one that it sent. */
function useLinks(model: ServicesOverview, datasourceUid: string) {
  const { profileTypeId } = model.useState();
  const { from, to } = sceneGraph.getTimeRange(model).useState();
  return useCallback(
    ({ name, profileTypes: sent }: ServiceRow) => {
      const isSent = profileTypeId === undefined || sent === undefined || sent.includes(profileTypeId);
      return profilesUrl({
        datasourceUid,
        range: { from, to },
        profileTypeId: isSent ? profileTypeId : firstChoice(sent),
        service: name,
      });
    },
    [datasourceUid, profileTypeId, from, to]
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  screen: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2), flexGrow: 1, minWidth: 0 }),
});
