/** Which services send what, and what is missing: the answer of the resource coverage (pkg/datasource/coverage.go). */
export interface Coverage {
  services: CoveredService[];
  labels: NotableLabel[];
  /** What was not looked at, because there is too much of it. */
  labelsLeft: number;
  typesLeft: number;
  growthLeft: number;
}

export interface CoveredService {
  name: string;
  types: CoveredType[];
  /** The labels by which its profiles tell version, instance and namespace; empty where there is none. */
  version: string;
  instance: string;
  namespace: string;
  /** Names of all its labels. */
  labels: string[];
}

export interface CoveredType {
  id: string;
  /** Milliseconds since the epoch; 0 where it is not known. */
  last: number;
  /** Its profiles are totals since the start of the process. */
  cumulative: boolean;
}

/** A label with very many values, or with values that look like ids. */
export interface NotableLabel {
  name: string;
  values: number;
  services: string[];
  ids: boolean;
  examples: string[];
}

/** Reads the backend's answer; what it lacks is empty. */
export function readCoverage(body: unknown): Coverage {
  const answer = recordOf(body);
  return {
    services: listOf(answer.services).map(recordOf).filter(isNamed).map(readService),
    labels: listOf(answer.labels).map(recordOf).filter(isNamed).map(readLabel),
    labelsLeft: numberOf(answer.labelsLeft),
    typesLeft: numberOf(answer.typesLeft),
    growthLeft: numberOf(answer.growthLeft),
  };
}

function readService(sent: Record<string, unknown>): CoveredService {
  return {
    name: textOf(sent.name),
    types: listOf(sent.types)
      .map(recordOf)
      .map(({ id, last, cumulative }) => ({ id: textOf(id), last: numberOf(last), cumulative: cumulative === true })),
    version: textOf(sent.version),
    instance: textOf(sent.instance),
    namespace: textOf(sent.namespace),
    labels: listOf(sent.labels).map(textOf),
  };
}

function readLabel(sent: Record<string, unknown>): NotableLabel {
  return {
    name: textOf(sent.name),
    values: numberOf(sent.values),
    services: listOf(sent.services).map(textOf),
    ids: sent.ids === true,
    examples: listOf(sent.examples).map(textOf),
  };
}

const isNamed = ({ name }: Record<string, unknown>) => textOf(name) !== '';
const recordOf = (value: unknown) =>
  (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
const numberOf = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : 0);
