import { lastValueFrom, from, map, type Observable } from 'rxjs';

import { type DataFrame, dateTime, rangeUtil, toDataFrame } from '@grafana/data';
import { t } from '@grafana/i18n';
import { getDataSourceSrv } from '@grafana/runtime';

import { ingest, runSliced } from '../../../engine';
import { callTreeSteps, type Measure } from '../../../formats';
import { readProfileType } from '../../../datasource/profileTypes/profileType';
import type { ProfilesQuery } from '../../../datasource/query';
import type { Span } from '../../../datasource/resources/span';
import { DATASOURCE_TYPE } from '../../../links/linked';
import { columnsOf, isFlameFrame } from '../../flame/flameFrame';
import { fetchResourceOf } from '../../resources/fetchResource';

import type { ComparableProfile } from './capturedProfile';

/** What is asked of the server: as many frames as a capture may have, within reason. */
const MAX_NODES = 65_536;

export interface StoredProfile {
  readonly id: string;
  readonly title: string;
  readonly datasourceUid: string;
  /** Ids of profile types. */
  readonly types: readonly string[];
  readonly selector: string;
  readonly span: Span;
}

/** Profiles of the server as something to compare with; each type is fetched when it is looked at. */
export function storedProfile({ id, title, types, ...where }: StoredProfile): ComparableProfile {
  const sampleTypes = types.map((type) => {
    const { sampleType, sampleUnit } = readProfileType(type);
    return { type: sampleType, unit: sampleUnit };
  });
  return {
    id,
    title,
    sampleTypes,
    defaultType: Math.max(
      0,
      sampleTypes.findIndex(({ type }) => type === 'inuse_space' || type === 'cpu' || type === 'delay')
    ),
    measures: (type, signal) => measuresOf(types[type], sampleTypes[type], where, signal),
  };
}

async function measuresOf(
  profileTypeId: string,
  sampleType: { type: string; unit: string },
  { datasourceUid, selector, span }: Pick<StoredProfile, 'datasourceUid' | 'selector' | 'span'>,
  signal: AbortSignal
): Promise<Measure[]> {
  const ref = { uid: datasourceUid, type: DATASOURCE_TYPE };
  const datasource = await getDataSourceSrv().get(ref);
  const target: ProfilesQuery = {
    refId: 'A',
    queryType: 'profile',
    profileTypeId,
    labelSelector: selector,
    groupBy: [],
    maxNodes: MAX_NODES,
    datasource: ref,
  };
  const { start, end } = span;
  const range = rangeUtil.convertRawToRange({ from: dateTime(start), to: dateTime(end) });
  const answer = await lastValueFrom(
    from(
      datasource.query({
        app: 'flamewatch-captures',
        requestId: `flamewatch-captures-${profileTypeId}-${selector}`,
        interval: '15s',
        intervalMs: 15_000,
        range,
        scopedVars: {},
        startTime: Date.now(),
        targets: [target],
        timezone: 'browser',
      })
    )
  );
  signal.throwIfAborted();
  const [failed] = answer.errors ?? [];
  if (failed) {
    throw new Error(
      failed.data?.message ?? failed.message ?? t('app.screen.unknown-failure', 'The query failed without saying why.')
    );
  }
  const frame = answer.data.map((one) => toDataFrame(one)).find(isFlameFrame);
  return [{ profile: await runSliced(callTreeSteps(treeOf(frame), sampleType), { signal }), type: 0 }];
}

function treeOf(frame: DataFrame | undefined) {
  if (!frame || (frame.length <= 1 && !frame.fields.find(({ name }) => name === 'value')?.values[0])) {
    throw new Error(t('app.captures.nothing-stored', 'The server has no profile of this type at that time.'));
  }
  return ingest(columnsOf(frame));
}

/** A capture that is at the server (pkg/datasource/keptcaptures.go). */
export interface KeptCapture {
  id: string;
  labels: Record<string, string>;
  types: string[];
  /** Milliseconds since the epoch; 0 where it is not known. */
  at: number;
}

export function keptCaptures(datasourceUid: string, { start, end }: Span): Observable<KeptCapture[]> {
  return fetchResourceOf(datasourceUid)('captures/kept', { start, end }).pipe(map(({ data }) => data as KeptCapture[]));
}

/** Profiles are found by their own time, which may be up to the longest capture before that of keeping. */
const AROUND = 15 * 60_000;

export function keptAsProfile(kept: KeptCapture, title: string, datasourceUid: string): ComparableProfile {
  return storedProfile({
    id: `kept ${kept.id}`,
    title,
    datasourceUid,
    types: kept.types,
    selector: `{capture=${JSON.stringify(kept.id)}}`,
    span: { start: kept.at - AROUND, end: kept.at + AROUND },
  });
}
