import type { OurRule } from '../alerting/ourRules';
import type { Coverage } from '../coverage/readCoverage';
import type { LinkedScreen } from '../runbooks/page/RunbookContext';

/** A practice, and what the data say of it. */
export interface Practice {
  id: string;
  what: string;
  /** `unknown` where it could not be looked at, `people` where no data can tell. */
  state: 'kept' | 'missed' | 'unknown' | 'people';
  found: string;
  /** Where it is seen or changed. */
  screen?: LinkedScreen;
}

/** Something that was asked for: its answer, or why there is none. */
export type Fact<T> = { value: T } | { failure: string };

/** All that is known of how profiling is set up. */
export interface Facts {
  coverage: Fact<Coverage>;
  /** End of the range that the coverage is of. */
  end: number;
  /** Undefined in a Grafana without alerting. */
  rules: Fact<OurRule[] | undefined>;
  /** How many targets there are for captures. */
  targets: Fact<number>;
  /** Names of data sources of traces, and of those that lead to profiles here. */
  traces: { all: string[]; linked: string[] };
  /** Services that sent profiles eight days ago. */
  lastWeek: Fact<number>;
  /** When `flamewatch check` last left an annotation; undefined where there is none. */
  checkedAt: Fact<number | undefined>;
}
