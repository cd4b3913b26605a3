import { APP_PATH, type LinkedRange } from './linked';

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
  groupBy?: string;
}

/** One side of a comparison. */
export interface ComparedSide {
  selector: string;
  range: LinkedRange;
}

/** Comparison is what is looked at, baseline what it is held against. */
export interface CompareState {
  datasourceUid?: string;
  profileTypeId?: string;
  baseline: ComparedSide;
  comparison: ComparedSide;
}

/** Path and query of the screen of all services. Without Grafana's sub-path, as every URL of this room. */
export function servicesUrl(state: ScreenState = {}): string {
  return screenUrl('services', screenParams(state));
}

/** Path and query of the screen of one service. Parameter names are the screen's variables. */
export function profilesUrl({ profileTypeId, service, selector, groupBy, ...state }: ProfilesState = {}): string {
  return screenUrl('explore', {
    ...screenParams(state),
    'var-profileType': profileTypeId,
    'var-service': service,
    'var-selector': selector,
    'var-groupBy': groupBy,
  });
}

/** Path and query of the comparison of two sets of profiles of one type. */
export function compareUrl({ datasourceUid, profileTypeId, baseline, comparison }: CompareState): string {
  return screenUrl('compare', {
    'var-ds': datasourceUid,
    'var-profileType': profileTypeId,
    ...sideParams('baseline', baseline),
    ...sideParams('comparison', comparison),
  });
}

type Params = Record<string, string | number | undefined>;

function screenParams({ datasourceUid, range }: ScreenState): Params {
  return { from: range?.from, to: range?.to, 'var-ds': datasourceUid };
}

function sideParams(side: 'baseline' | 'comparison', { selector, range }: ComparedSide): Params {
  return { [`${side}-selector`]: selector, [`${side}-from`]: range.from, [`${side}-to`]: range.to };
}

function screenUrl(screen: string, params: Params): string {
  const given = Object.entries(params).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]]
  );
  const query = new URLSearchParams(given).toString();
  return query === '' ? `${APP_PATH}/${screen}` : `${APP_PATH}/${screen}?${query}`;
}
