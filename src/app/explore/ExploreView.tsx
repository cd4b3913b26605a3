import { css } from '@emotion/css';
import React, { useEffect } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { type SceneComponentProps, sceneGraph } from '@grafana/scenes';
import { useStyles2 } from '@grafana/ui';

import { useServicesIn } from '../resources/useServicesIn';
import { useDatasourceUid } from '../screen/datasourceOf';
import { NoDatasource } from '../screen/NoDatasource';
import { ServicesAwaited } from '../selection/ServicesAwaited';
import { PartOfRange } from '../series/PartOfRange';

import { ExploreActions } from './ExploreActions';
import { LabelBreakdown } from './LabelBreakdown';
import type { ProfileExploration } from './ProfileExploration';
import { SelectionBar } from './SelectionBar';

/** The screen below its head: what is selected, its series, and under it the flame graph. */
export function ExploreView({ model }: SceneComponentProps<ProfileExploration>) {
  const styles = useStyles2(getStyles);
  const datasourceUid = useDatasourceUid(model);
  return (
    <div className={styles.screen}>
      {datasourceUid === '' ? <NoDatasource /> : <Exploration model={model} datasourceUid={datasourceUid} />}
    </div>
  );
}

function Exploration({ model, datasourceUid }: { model: ProfileExploration; datasourceUid: string }) {
  const styles = useStyles2(getStyles);
  const { service, groupBy, part, series, flame } = model.useState();
  const { value: range } = sceneGraph.getTimeRange(model).useState();
  const answer = useServicesIn(datasourceUid, range);
  const { value: found } = answer;
  useEffect(() => {
    if (found) {
      model.complete(found);
    }
  }, [model, found]);

  if (service === undefined) {
    return <ServicesAwaited scene={model} services={answer} datasourceUid={datasourceUid} />;
  }
  return (
    <>
      <SelectionBar model={model} datasourceUid={datasourceUid} directory={answer} />
      <div className={styles.top}>
        <div className={styles.series}>
          <series.Component model={series} />
        </div>
        {groupBy.length > 0 && (
          <div className={styles.breakdown}>
            <LabelBreakdown model={model} datasourceUid={datasourceUid} />
          </div>
        )}
      </div>
      <div className={styles.between}>
        <PartOfRange
          label={t('app.explore.part', 'Flame graph of')}
          tooltip={t(
            'app.explore.part-tooltip',
            'Drag over the series to look at a part of the range, or choose it here.'
          )}
          part={part}
          timeZone={sceneGraph.getTimeRange(model).getTimeZone()}
          onChange={model.narrow}
        />
        <ExploreActions model={model} datasourceUid={datasourceUid} />
      </div>
      <div className={styles.flame}>
        <flame.Component model={flame} />
      </div>
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  screen: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1), flexGrow: 1, minWidth: 0 }),
  top: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: theme.spacing(1) }),
  series: css({ position: 'relative', flex: '1 1 460px', minWidth: 0, height: 220 }),
  breakdown: css({ display: 'flex', flex: '1 1 340px', maxWidth: '100%', minWidth: 0, maxHeight: 220 }),
  between: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
  }),
  // What the window has left, so that the flame graph can be read without scrolling to and fro.
  flame: css({ position: 'relative', height: 'max(520px, calc(100vh - 480px))' }),
});
