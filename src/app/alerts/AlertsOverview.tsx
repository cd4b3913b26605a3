import React, { useMemo } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { getDataSourceSrv } from '@grafana/runtime';
import { type SceneComponentProps, SceneObjectBase, type SceneObjectState } from '@grafana/scenes';
import { useStyles2 } from '@grafana/ui';

import { useAnswer } from '../../datasource/resources/useAnswer';
import { DATASOURCE_TYPE } from '../../links/linked';
import { listOurRules } from '../alerting/alertingApi';
import { useDatasourceUid } from '../screen/datasourceOf';
import { NoDatasource } from '../screen/NoDatasource';
import { screenColumn } from '../screen/screenColumn';

import { OurRules } from './OurRules';
import { ShippedRules } from './ShippedRules';

/** The screen of alert rules; it keeps nothing in the URL but the data source. */
export class AlertsOverview extends SceneObjectBase<SceneObjectState> {
  static readonly Component = AlertsView;
}

/** The screen below its head: the rules there are, and under them those that can be had. */
function AlertsView({ model }: SceneComponentProps<AlertsOverview>) {
  const styles = useStyles2(getStyles);
  const datasourceUid = useDatasourceUid(model);
  // Rules of every data source of ours: a rule does not go with the one that is picked.
  const ask = useMemo(() => {
    const uids = getDataSourceSrv()
      .getList({ pluginId: DATASOURCE_TYPE })
      .map(({ uid }) => uid);
    return () => listOurRules(uids);
  }, []);
  const answer = useAnswer(ask);
  return (
    <div className={styles.screen}>
      {datasourceUid === '' && <NoDatasource />}
      <OurRules answer={answer} />
      {datasourceUid !== '' && (
        <ShippedRules datasourceUid={datasourceUid} known={answer.value} onCreated={answer.retry} />
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  screen: screenColumn(theme, 4),
});
