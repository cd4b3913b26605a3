import { firstValueFrom, fromEvent, map, merge, take } from 'rxjs';

import { CoreApp, type DataQueryRequest, dateTime } from '@grafana/data';
import { t } from '@grafana/i18n';
import { getDataSourceSrv } from '@grafana/runtime';

import type { ProfilesQuery } from '../../../datasource/query';
import { describeFailure } from '../../../datasource/resources/failure';
import { type Measure, profileOfColumns } from '../../../formats';

import { columnsOfFrame } from './flameFrame';
import { stopIfAborted } from './stopIfAborted';

/** What of the continuous profiles a file is compared with. */
export interface Continuous {
  readonly datasourceUid: string;
  readonly service: string;
  readonly profileTypeId: string;
  /** How long back from now, in minutes. */
  readonly minutes: number;
}

/**
 * Asks the data source for the merged profile of a service.
 *
 * @throws Error with a sentence, the signal's reason once it is aborted
 */
export async function continuousProfile(asked: Continuous, signal: AbortSignal): Promise<Measure> {
  const source = await getDataSourceSrv().get({ uid: asked.datasourceUid });
  const aborted = fromEvent(signal, 'abort').pipe(
    take(1),
    map(() => undefined)
  );
  // Leaving the answer ends the request.
  const answers = source.query(requestOf(asked));
  const response = await firstValueFrom(merge(answers, aborted));
  stopIfAborted(signal);
  const [error] = response && 'errors' in response ? (response.errors ?? []) : [];
  if (error) {
    throw new Error(describeFailure(error));
  }
  const columns = response && 'data' in response ? response.data.map(columnsOfFrame).find(Boolean) : undefined;
  if (!columns || columns.level.length <= 1) {
    throw new Error(t('app.files.no-continuous', 'The service has no profile of this type in this time.'));
  }
  const [, type = '', unit = ''] = asked.profileTypeId.split(':');
  return { profile: profileOfColumns(columns, { type, unit }), type: 0 };
}

function requestOf({ service, profileTypeId, minutes, datasourceUid }: Continuous): DataQueryRequest<ProfilesQuery> {
  const to = dateTime();
  const from = dateTime(to).subtract(minutes, 'minutes');
  const query: ProfilesQuery = {
    refId: 'A',
    datasource: { uid: datasourceUid },
    queryType: 'profile',
    labelSelector: `{service_name=${JSON.stringify(service)}}`,
    profileTypeId,
    groupBy: [],
  };
  return {
    app: CoreApp.Unknown,
    requestId: `file-compare-${service}-${profileTypeId}-${minutes}`,
    timezone: 'browser',
    range: { from, to, raw: { from, to } },
    interval: '15s',
    intervalMs: 15_000,
    maxDataPoints: 1000,
    scopedVars: {},
    startTime: Date.now(),
    targets: [query],
  };
}
