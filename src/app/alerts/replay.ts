import type { Failed, FindingKind, RegressionQuery } from '../regressions/findings';

/** A POST that answers in parts, as the call in `../regressions/findings.ts` does. */
export const REPLAY_RESOURCE = 'regressions/replay';

/** Body of POST regressions/replay: what an alert rule of this query would have done. */
export interface ReplayRequest {
  query: RegressionQuery;
  /** The range that the rule looks at, in seconds before each evaluation, as in the rule; 3,600 and 0. */
  relativeFrom?: number;
  relativeTo?: number;
  /** The threshold that the rule holds its number against; absent means 0: any finding fires. */
  above?: number;
  /** How far back, 1 to 48; absent means 24. */
  hours?: number;
  /** Most milliseconds to spend, up to 600,000; absent means 300,000. */
  budget?: number;
}

export type ReplayEvent = ReplayBegun | ReplayProgress | Evaluation | ReplayDone | Failed;

export interface ReplayBegun {
  event: 'begun';
  /** Evaluations, one a bucket step. */
  total: number;
  stepMs: number;
  services: string[];
  notices: string[];
}

export interface ReplayProgress {
  event: 'progress';
  done: number;
  total: number;
  /** The evaluation that is made now. */
  at: number;
}

/** One evaluation with findings, oldest first; those without are not sent. */
export interface Evaluation {
  event: 'evaluation';
  at: number;
  instances: RuleInstance[];
}

/** An instance of the rule: labels as Grafana would have them, and the number it compares. */
export interface RuleInstance {
  service: string;
  function: string;
  kind: FindingKind;
  value: number;
  /** It was there in three evaluations in a row, so the rule sees it. */
  standing: boolean;
}

export interface ReplayDone {
  event: 'done';
  durationMs: number;
  /** Evaluations that were made; fewer than `total` when the time did not suffice. */
  evaluations: number;
  /** When somebody would have been woken, oldest first. */
  firings: Firing[];
  notices: string[];
}

export interface Firing {
  service: string;
  function: string;
  kind: FindingKind;
  from: number;
  /** Null while it still fires. */
  to: number | null;
  /** The largest number in between. */
  value: number;
}
