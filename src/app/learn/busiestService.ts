import { from, map, type Observable, of, switchMap } from 'rxjs';

import { CoreApp, type DataQueryRequest, dateTime, toDataFrame } from '@grafana/data';
import { getDataSourceSrv } from '@grafana/runtime';

import { SERVICE_LABEL } from '../../datasource/editor/useFirstChoice';
import { EVERYTHING } from '../../datasource/migrate';
import { firstChoice } from '../../datasource/profileTypes/profileType';
import type { ProfilesQuery } from '../../datasource/query';
import type { Span } from '../../datasource/resources/span';
import type { Services } from '../resources/ServiceDirectory';
import { costsOf } from '../services/serviceCosts';

/** Of how many services the costs are asked for. */
const LOOKED_AT = 50;

/**
 * The service that costs most in a range: an example that shows something. Where the costs cannot be asked for it is the
 * first by name; undefined where no service sent anything.
 */
export function busiestService(
  datasourceUid: string,
  { services, profileTypes }: Services,
  span: Span
): Observable<string | undefined> {
  const type = firstChoice(profileTypes);
  const first: string | undefined = services[0]?.name;
  if (services.length < 2 || type === undefined) {
    return of(first);
  }
  return from(getDataSourceSrv().get({ uid: datasourceUid })).pipe(
    switchMap((source) => source.query(requestOf(datasourceUid, type, span))),
    map(({ data }) => {
      const costs = costsOf(data.map((frame) => toDataFrame(frame)));
      const named = [...(costs?.byService ?? [])].filter(([name]) => services.some((known) => known.name === name));
      named.sort(([, a], [, b]) => b.mean - a.mean);
      return named[0]?.[0] ?? first;
    })
  );
}

function requestOf(uid: string, profileTypeId: string, { start, end }: Span): DataQueryRequest<ProfilesQuery> {
  const [begin, until] = [dateTime(start), dateTime(end)];
  return {
    app: CoreApp.Unknown,
    requestId: `learn-busiest-${uid}`,
    timezone: 'browser',
    range: { from: begin, to: until, raw: { from: begin, to: until } },
    interval: '1m',
    intervalMs: 60_000,
    maxDataPoints: 60,
    scopedVars: {},
    startTime: Date.now(),
    targets: [
      {
        refId: 'costs',
        datasource: { uid },
        queryType: 'metrics',
        profileTypeId,
        labelSelector: EVERYTHING,
        groupBy: [SERVICE_LABEL],
        limit: LOOKED_AT,
      },
    ],
  };
}
