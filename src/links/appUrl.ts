import { APP_PATH, type LinkedRange, type Normalisation } from './linked';

/** Where the app's screens look: data source and time range. Both may be left out: the screen then takes its own. */
export interface ScreenState {
  datasourceUid?: string;
  range?: LinkedRange;
}

/** One set of profiles: of a type, kept by a selector. */
export interface ProfilesState extends ScreenState {
  profileTypeId?: string;
  service?: string;
  /** Selector with braces for what is kept besides the service. */
  selector?: string;
  /** Labels that split the series. */
  groupBy?: string[];
  /** What the flame graph shows of the range; all of it if absent. */
  part?: LinkedPart;
}

/** A part of a range, in milliseconds since the epoch. */
export interface LinkedPart {
  start: number;
  end: number;
}

/** One side of a comparison. */
export interface ComparedSide {
  /** Selector with braces, the service included. */
  selector: string;
  range: LinkedRange;
  /** What is compared of the range; all of it if absent. */
  part?: LinkedPart;
}

/** Comparison is what is looked at, baseline what it is held against. */
export interface CompareState {
  datasourceUid?: string;
  profileTypeId?: string;
  normalise?: Normalisation;
  baseline: ComparedSide;
  comparison: ComparedSide;
}

/**
 * Path and query of the screen of one service. Parameter names are the screen's variables. Without Grafana's sub-path, as
 * every URL of this room.
 */
export function profilesUrl(profiles: ProfilesState = {}): string {
  const { profileTypeId, service, selector, groupBy = [], part, ...state } = profiles;
  return screenUrl('explore', {
    ...screenParams(state),
    'var-profileType': profileTypeId,
    'var-service': service,
    'var-selector': selector,
    'var-groupBy': groupBy.join(','),
    part: part && partParam(part),
  });
}

/** What the screen of spans looks at: the slowest of a service, or those of one trace. */
export interface TracesState extends ScreenState {
  /** Uid of the data source of traces. */
  tracesUid?: string;
  service?: string;
  traceId?: string;
}

/** Path and query of the screen of spans that lead to profiles. */
export function tracesUrl({ tracesUid, service, traceId, ...state }: TracesState = {}): string {
  return screenUrl('traces', {
    ...screenParams(state),
    'var-traces': tracesUid,
    'var-service': service,
    trace: traceId,
  });
}

/** Path and query of the comparison of two sets of profiles of one type. */
export function compareUrl(state: CompareState): string {
  const { datasourceUid, profileTypeId, normalise, baseline, comparison } = state;
  return screenUrl('compare', {
    'var-ds': datasourceUid,
    'var-profileType': profileTypeId,
    normalise,
    ...sideParams('baseline', baseline),
    ...sideParams('comparison', comparison),
  });
}

type Params = Record<string, string | number | undefined>;

function screenParams({ datasourceUid, range }: ScreenState): Params {
  return { from: range?.from, to: range?.to, 'var-ds': datasourceUid };
}

function sideParams(side: 'baseline' | 'comparison', { selector, range, part }: ComparedSide): Params {
  return {
    [`${side}-selector`]: selector,
    [`${side}-from`]: range.from,
    [`${side}-to`]: range.to,
    [`${side}-part`]: part && partParam(part),
  };
}

/** A part as it stands in a URL: '1700000000000-1700000060000'. */
export function partParam({ start, end }: LinkedPart): string {
  return `${Math.round(start)}-${Math.round(end)}`;
}

function screenUrl(screen: string, params: Params): string {
  const given = Object.entries(params).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]]
  );
  const query = new URLSearchParams(given).toString();
  return query === '' ? `${APP_PATH}/${screen}` : `${APP_PATH}/${screen}?${query}`;
}
