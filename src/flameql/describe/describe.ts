import type { Draft, DraftMatcher, DraftOperand, DraftTime } from '../draft';
import type { MatchOp } from '../query';
import { parseDuration } from '../syntax/duration';
import { alternativesOf } from '../syntax/regexText';
import { ENGLISH } from './english';
import { GERMAN } from './german';
import type { Wording } from './wording';

export type DescriptionLanguage = 'en' | 'de';

export interface DescriptionOptions {
  language?: DescriptionLanguage;
  /** Words for a profile type as it is written; without it types are named by themselves. */
  typeName?: (type: string) => string;
  /** The type chosen beside the query, for a query that names none. */
  defaultType?: string;
}

const WORDINGS: Record<DescriptionLanguage, Wording> = { en: ENGLISH, de: GERMAN };

/** What a query asks for, as one sentence of plain words. Dashboard variables are named as they are written. */
export function describe(draft: Draft, options: DescriptionOptions = {}): string {
  const { language = 'en', typeName = (type) => type, defaultType } = options;
  const words = WORDINGS[language];
  const nameOf = (type: string | undefined) => (type ? typeName(type) : words.chosenType);
  const ids = idsOf(draft, words);
  const parts = [
    nameOf(draft.left.type ?? defaultType) + words.of(selectionOf(draft.left.matchers, words)),
    timeOf(draft.left.time, words),
    ...ids,
    draft.right && words.comparedWith(describeRight(draft.right, nameOf, ids.length > 0, words), draft.normalise),
    ...clausesOf(draft, words),
    ...(draft.variables ?? []).map((variable) => words.variable(variable)),
  ];
  const sentence = parts.filter(Boolean).join(', ');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

/** What the baseline does not say is as on the other side. */
function describeRight(
  { type, matchers, time }: DraftOperand,
  nameOf: (type?: string) => string,
  isNormal: boolean,
  words: Wording
) {
  const differs = [
    type && nameOf(type),
    matchers && matchers.length > 0 && words.with(conditionsOf(matchers, words)),
    timeOf(time, words),
  ].filter(Boolean);
  if (differs.length === 0) {
    return isNormal ? words.normal : words.itself;
  }
  return `${words.theSame} ${differs.join(', ')}`;
}

function selectionOf(matchers: readonly DraftMatcher[] = [], words: Wording): string {
  return matchers.length === 0 ? words.allProfiles : words.profilesWhere(conditionsOf(matchers, words));
}

function conditionsOf(matchers: readonly DraftMatcher[], words: Wording): string {
  return words.and(
    matchers.map((matcher) =>
      'variable' in matcher
        ? words.fits(matcher.variable)
        : conditionOf(matcher.label, matcher.op, matcher.value, words)
    )
  );
}

/** More values than this are counted. */
const MOST_NAMED = 4;

function conditionOf(label: string, op: MatchOp, value: string, words: Wording): string {
  if (op === '=' || op === '!=') {
    return words.is(label, value, op === '!=');
  }
  const values = alternativesOf(value);
  const negated = op === '!~';
  if (!values || values.length === 0 || value.includes('$')) {
    return words.matches(label, value, negated);
  }
  return values.length > MOST_NAMED
    ? words.isOneOfMany(label, values.length, negated)
    : words.isOneOf(label, values, negated);
}

function timeOf(time: DraftTime | undefined, words: Wording): string | undefined {
  if (!time) {
    return undefined;
  }
  return 'offset' in time
    ? words.earlier(durationOf(time.offset, words))
    : words.between(instantOf(time.from, words), instantOf(time.to, words));
}

function instantOf(instant: string, words: Wording): string {
  if (instant === 'now') {
    return words.now;
  }
  return instant.startsWith('now-') ? words.ago(durationOf(instant.slice('now-'.length), words)) : instant;
}

const SECONDS: ReadonlyArray<readonly [unit: 'week' | 'day' | 'hour' | 'minute' | 'second', seconds: number]> = [
  ['week', 7 * 86400],
  ['day', 86400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

/** `1h30m` as '1 hour 30 minutes'; what is no duration, a variable, stays as it is. */
function durationOf(duration: string, words: Wording): string {
  const ms = parseDuration(duration);
  if (ms === undefined || ms % 1000 !== 0) {
    return duration;
  }
  let rest = ms / 1000;
  const counted: string[] = [];
  for (const [unit, seconds] of SECONDS) {
    const count = Math.floor(rest / seconds);
    // Weeks only where nothing is left over, as the formatter writes them.
    if (count > 0 && (unit !== 'week' || rest % seconds === 0)) {
      counted.push(words.count(count, unit));
      rest -= count * seconds;
    }
  }
  return counted.join(' ');
}

function idsOf(draft: Draft, words: Wording): string[] {
  return (['span', 'trace', 'profile'] as const).flatMap((kind) => {
    const [first, ...others] = draft[kind] ?? [];
    return first === undefined ? [] : [words.ids(kind, others.length === 0 ? first : others.length + 1)];
  });
}

function clausesOf(draft: Draft, words: Wording): Array<string | undefined> {
  return [
    draft.by && draft.by.length > 0 ? words.by(words.and(draft.by)) : undefined,
    draft.function && words.function(draft.function),
    draft.focus && words.focus(draft.focus),
    draft.hide && words.hide(draft.hide),
    draft.nodes && words.nodes(draft.nodes),
    draft.limit && words.limit(draft.limit),
    draft.right ? undefined : draft.normalise && words.unusedNormalise,
  ];
}
