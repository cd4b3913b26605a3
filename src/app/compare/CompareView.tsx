import { css } from '@emotion/css';
import React, { useEffect } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import type { SceneComponentProps } from '@grafana/scenes';
import { useStyles2 } from '@grafana/ui';

import type { Services } from '../resources/ServiceDirectory';
import { useServicesIn } from '../resources/useServicesIn';
import { useDatasourceUid } from '../screen/datasourceOf';
import { NoDatasource } from '../screen/NoDatasource';
import { ServicesAwaited } from '../selection/ServicesAwaited';

import { CompareActions } from './CompareActions';
import { CompareToolbar } from './CompareToolbar';
import { ComparisonSideView } from './ComparisonSideView';
import type { ProfileComparison } from './ProfileComparison';

const NOTHING_FOUND: Services = { services: [], profileTypes: [] };

/** The screen below its head: the two sides beside each other, and under them the flame graph of the difference. */
export function CompareView({ model }: SceneComponentProps<ProfileComparison>) {
  const styles = useStyles2(getStyles);
  const datasourceUid = useDatasourceUid(model);
  return (
    <div className={styles.screen}>
      {datasourceUid === '' ? <NoDatasource /> : <Comparison model={model} datasourceUid={datasourceUid} />}
    </div>
  );
}

function Comparison({ model, datasourceUid }: { model: ProfileComparison; datasourceUid: string }) {
  const styles = useStyles2(getStyles);
  const { profileTypeId, baseline, comparison, diff } = model.useState();
  const { service, $timeRange } = comparison.useState();
  baseline.useState();
  const { value: range } = $timeRange.useState();
  const answer = useServicesIn(datasourceUid, range);
  const { value: found, loading } = answer;
  useEffect(() => {
    if (found) {
      model.complete(found);
    }
  }, [model, found]);

  if (service === undefined) {
    return <ServicesAwaited scene={comparison} services={answer} datasourceUid={datasourceUid} />;
  }
  const services = found ?? NOTHING_FOUND;
  const sent = services.services.find(({ name }) => name === service)?.profileTypes;
  return (
    <>
      <CompareToolbar
        model={model}
        datasourceUid={datasourceUid}
        profileTypes={sent ?? services.profileTypes}
        loading={loading}
      />
      <div className={styles.sides}>
        {[baseline, comparison].map((side) => (
          <ComparisonSideView
            key={side.side}
            model={side}
            datasourceUid={datasourceUid}
            profileTypeId={profileTypeId}
            directory={services}
            loading={loading}
            onService={(name) => model.selectService(side, name, services)}
          />
        ))}
      </div>
      <CompareActions model={model} datasourceUid={datasourceUid} />
      <div className={styles.diff}>
        <diff.Component model={diff} />
      </div>
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  screen: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1.5), flexGrow: 1, minWidth: 0 }),
  sides: css({
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 420px), 1fr))',
    gap: theme.spacing(1.5),
  }),
  diff: css({ position: 'relative', height: 'max(560px, calc(100vh - 300px))' }),
});
