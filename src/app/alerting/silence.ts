import { isAffordable } from '../../engine/regexCost';

/** What a silence holds a label against, as Alertmanager's API writes it. */
export interface SilenceMatcher {
  name: string;
  value: string;
  isRegex: boolean;
  /** False turns it round. */
  isEqual: boolean;
}

/** A silence of Grafana's Alertmanager that is in force, or will be. */
export interface Silence {
  id: string;
  matchers: SilenceMatcher[];
  /** Milliseconds since the epoch. */
  startsAt: number;
  endsAt: number;
  createdBy: string;
  comment: string;
  state: 'active' | 'pending';
}

/** What is muted: the labels that an alert of this finding carries. */
export interface MutedLabels {
  service_name: string;
  function: string;
  kind: string;
}

const MUTED_LABELS = ['service_name', 'function', 'kind'] as const;

/** The body of a request for a new silence. */
export interface NewSilence extends Omit<Silence, 'id' | 'state' | 'startsAt' | 'endsAt'> {
  startsAt: string;
  endsAt: string;
}

interface Mute {
  labels: MutedLabels;
  reason: string;
  createdBy: string;
  /** Milliseconds since the epoch. */
  from: number;
  to: number;
}

/** A silence of exactly one finding's alerts. */
export function silenceOf({ labels, reason, createdBy, from, to }: Mute): NewSilence {
  return {
    matchers: MUTED_LABELS.map((name) => ({ name, value: labels[name], isRegex: false, isEqual: true })),
    startsAt: new Date(from).toISOString(),
    endsAt: new Date(to).toISOString(),
    createdBy,
    comment: reason,
  };
}

/** Reads Alertmanager's list; what is expired or not whole is left out. */
export function readSilences(body: unknown): Silence[] {
  return (Array.isArray(body) ? body : []).flatMap((entry: unknown) => {
    const { id, matchers, startsAt, endsAt, createdBy, comment, status } = recordOf(entry);
    const { state } = recordOf(status);
    const times = [startsAt, endsAt].map((moment) => Date.parse(String(moment)));
    const read = (Array.isArray(matchers) ? matchers : []).flatMap(readMatcher);
    const isWhole =
      typeof id === 'string' && read.length > 0 && Array.isArray(matchers) && read.length === matchers.length;
    if (!isWhole || (state !== 'active' && state !== 'pending') || times.some(Number.isNaN)) {
      return [];
    }
    return [
      {
        id,
        matchers: read,
        startsAt: times[0],
        endsAt: times[1],
        createdBy: String(createdBy ?? ''),
        comment: String(comment ?? ''),
        state,
      },
    ];
  });
}

function readMatcher(entry: unknown): SilenceMatcher[] {
  const { name, value, isRegex, isEqual } = recordOf(entry);
  return typeof name === 'string' && typeof value === 'string'
    ? [{ name, value, isRegex: isRegex === true, isEqual: isEqual !== false }]
    : [];
}

/**
 * Whether a silence keeps a finding's alerts quiet, whichever rule raises them: every matcher fits one of its labels. A
 * silence that also asks for other labels, such as a rule's name, is one of that rule's alerts and not of the finding.
 */
export function mutes(silence: Silence, labels: MutedLabels): boolean {
  return silence.matchers.every((matcher) => isMutedLabel(matcher.name) && fits(matcher, labels[matcher.name]));
}

/** The finding that a silence as silenceOf makes it is of; undefined for any other. */
export function mutedBy({ matchers }: Silence): MutedLabels | undefined {
  const isExact = matchers.every(({ isRegex, isEqual }) => !isRegex && isEqual);
  const labels = Object.fromEntries(matchers.map(({ name, value }) => [name, value]));
  return isExact && matchers.length === MUTED_LABELS.length && MUTED_LABELS.every((name) => name in labels)
    ? (labels as unknown as MutedLabels)
    : undefined;
}

function isMutedLabel(name: string): name is keyof MutedLabels {
  return MUTED_LABELS.some((known) => known === name);
}

function fits({ value: wanted, isRegex, isEqual }: SilenceMatcher, value: string): boolean {
  if (!isRegex) {
    return (wanted === value) === isEqual;
  }
  // Alertmanager's expressions fit whole values. One that the browser cannot afford or read is taken not to fit.
  const pattern = `^(?:${wanted})$`;
  if (!isAffordable(pattern, [value])) {
    return false;
  }
  try {
    return new RegExp(pattern, 's').test(value) === isEqual;
  } catch {
    return false;
  }
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
