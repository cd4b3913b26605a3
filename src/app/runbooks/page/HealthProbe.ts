import { rangeUtil } from '@grafana/data';
import { getDataSourceSrv } from '@grafana/runtime';
import { SceneObjectBase, type SceneObjectState, SceneQueryRunner, SceneTimeRange } from '@grafana/scenes';

import { type ProfilesOptions, SETTINGS } from '../../../datasource/settings';
import { PICKED_DATASOURCE } from '../../screen/datasourceOf';
import { labelSelectorOf } from '../../selection/profileSelection';

import { HealthBanner } from './HealthBanner';

interface HealthProbeState extends SceneObjectState {
  service?: string;
  $data: SceneQueryRunner;
  $timeRange: SceneTimeRange;
}

/** How far back the last profile of a service is looked for. */
const LOOK_BACK = 'now-1h';

/** Asks, besides the incident's range, when the service's last profile came: whether profiling itself can be trusted now. */
export class HealthProbe extends SceneObjectBase<HealthProbeState> {
  static readonly Component = HealthBanner;

  constructor() {
    super({
      $data: new SceneQueryRunner({ datasource: PICKED_DATASOURCE, queries: [], maxDataPoints: 240 }),
      $timeRange: new SceneTimeRange({ from: LOOK_BACK, to: 'now' }),
    });
  }

  /** @param profileTypeId full id of a type that the service sends */
  ask(service: string, profileTypeId: string) {
    const { $data } = this.state;
    const labelSelector = labelSelectorOf({ service, filters: '' });
    const [asked] = $data.state.queries as Array<{ labelSelector?: string; profileTypeId?: string }>;
    if (asked?.labelSelector === labelSelector && asked.profileTypeId === profileTypeId) {
      return;
    }
    this.setState({ service });
    $data.setState({
      queries: [{ refId: 'A', queryType: 'metrics', profileTypeId, labelSelector, groupBy: [], fillGaps: true }],
    });
    if ($data.isActive) {
      $data.runQueries();
    }
  }
}

/** How late profiles may arrive, by the data source's settings, in milliseconds. */
export function ingestDelayOf(datasourceUid: string): number {
  const settings = getDataSourceSrv().getInstanceSettings(datasourceUid)?.jsonData as ProfilesOptions | undefined;
  try {
    return rangeUtil.intervalToMs(settings?.ingestDelay || SETTINGS.ingestDelay);
  } catch {
    return rangeUtil.intervalToMs(SETTINGS.ingestDelay);
  }
}
