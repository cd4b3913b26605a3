import { css } from '@emotion/css';
import React, { useCallback, useMemo } from 'react';

import { type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { locationService } from '@grafana/runtime';
import { type SceneComponentProps, sceneGraph } from '@grafana/scenes';
import { Button, EmptyState, useStyles2 } from '@grafana/ui';

import { firstChoice } from '../../datasource/profileTypes/profileType';
import { profilesUrl } from '../../links/appUrl';
import { compareLink } from '../compare/compareLink';
import { useDatasourceUid } from '../screen/datasourceOf';
import { LoadingCancelled } from '../screen/LoadingCancelled';
import { NoDatasource } from '../screen/NoDatasource';
import { NoProfiles } from '../screen/NoProfiles';
import { ServicesFailure } from '../selection/ServicesFailure';

import { CostProblems } from './CostProblems';
import { ListSkeleton } from './ListSkeleton';
import { ServiceList } from './ServiceList';
import { searchRows, type ServiceLinks, type ServiceRow } from './serviceRows';
import type { ServicesOverview } from './ServicesOverview';
import { ServicesToolbar } from './ServicesToolbar';
import { useFavourites } from './useFavourites';
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
  const favourites = useFavourites();
  const answer = useServices(model, datasourceUid, favourites.names);
  const { rows, costs, costsLoading, retry, cancel } = answer;
  const found = useMemo(() => searchRows(rows, search), [rows, search]);
  const linksOf = useLinks(model, datasourceUid);

  if (answer.waiting) {
    return <ListSkeleton onCancel={cancel} />;
  }
  if (rows.length === 0 && answer.cancelled) {
    return <LoadingCancelled onRetry={retry} />;
  }
  if (rows.length === 0 && answer.failure !== undefined) {
    return <ServicesFailure reason={answer.failure} datasourceUid={datasourceUid} onRetry={retry} />;
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
        onOpenFirst={() => found.length > 0 && locationService.push(linksOf(found[0]).explore)}
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
          onFavourite={favourites.toggle}
          linksOf={linksOf}
        />
      )}
    </>
  );
}

/** Where a row leads: the service in the same range, with the type in view, or with one that it sent. */
function useLinks(model: ServicesOverview, datasourceUid: string): (row: ServiceRow) => ServiceLinks {
  const { profileTypeId } = model.useState();
  const { from, to, value } = sceneGraph.getTimeRange(model).useState();
  const seconds = Math.round((value.to.valueOf() - value.from.valueOf()) / 1000);
  return useCallback(
    ({ name: service, profileTypes: sent }: ServiceRow) => {
      const isSent = profileTypeId === undefined || sent === undefined || sent.includes(profileTypeId);
      const shown = {
        datasourceUid,
        range: { from, to },
        profileTypeId: isSent ? profileTypeId : firstChoice(sent),
        service,
      };
      return { explore: profilesUrl(shown), compare: compareLink({ ...shown, seconds }) };
    },
    [datasourceUid, profileTypeId, from, to, seconds]
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  screen: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2), flexGrow: 1, minWidth: 0 }),
});
