import { firstValueFrom, forkJoin, map, type Observable } from 'rxjs';

import { t } from '@grafana/i18n';

import { RAW } from '../../flamegraph/raw';
import type { Draft, DraftMatcher } from '../../flameql/draft';
import type { LabelQuestions } from '../editor/labelQuestions';
import type { Span } from '../resources/span';
import { writeSelector } from '../selector/selector';

/** The query held against itself, earlier. */
export function comparedWithEarlier(draft: Draft, offset: string): Draft {
  return { ...draft, right: { time: { offset } } };
}

/** Labels in which agents and deployments put a version; the first that profiles have is taken. */
const VERSION_LABELS = [
  'version',
  'service_version',
  'app_version',
  'service_git_ref',
  'git_sha',
  'revision',
  'image_tag',
];

export type VersionsCompared = { draft: Draft } | { reason: string };

/**
 * The query of one version held against the version before it. The version is the one that the query names, else the
 * newest of the range. Fails as the questions do.
 */
export async function comparedWithPreviousVersion(
  draft: Draft,
  questionsIn: (span: Span) => LabelQuestions,
  span: Span
): Promise<VersionsCompared> {
  const matchers = draft.left.matchers ?? [];
  const names = await firstValueFrom(questionsIn(span).names(writeSelector(matchers)));
  const label = VERSION_LABELS.find((one) => names.includes(one));
  if (label === undefined) {
    const labels = VERSION_LABELS.join(', ');
    return {
      reason: t(
        'datasource.compare.no-version-label',
        'These profiles have no label that tells versions apart, such as {{labels}}.',
        { labels, ...RAW }
      ),
    };
  }
  const versions = await firstValueFrom(versionsByAge(label, writeSelector(matchers), questionsIn, span));
  const named = matchers.find((matcher) => isNamed(matcher, label));
  const current = named && 'op' in named ? named.value : versions[versions.length - 1];
  const previous = current === undefined ? undefined : versions[versions.indexOf(current) - 1];
  if (current === undefined || previous === undefined) {
    return {
      reason: t(
        'datasource.compare.no-previous-version',
        'No version before {{version}} was found in this time range. Choose a longer range.',
        { version: current ?? label, ...RAW }
      ),
    };
  }
  const others = matchers.filter((matcher) => !('label' in matcher) || matcher.label !== label);
  return {
    draft: {
      ...draft,
      left: { ...draft.left, matchers: [...others, { label, op: '=', value: current }] },
      right: { matchers: [{ label, op: '=', value: previous }] },
    },
  };
}

function isNamed(matcher: DraftMatcher, label: string): boolean {
  return 'op' in matcher && matcher.label === label && matcher.op === '=' && !matcher.value.includes('$');
}

/** Into how many parts a range is cut to see which version came when. */
const PARTS = 8;

/** Values of the label, the oldest first: by when they were first seen, and where that is the same by their numbers. */
function versionsByAge(
  label: string,
  selector: string,
  questionsIn: (span: Span) => LabelQuestions,
  { start, end }: Span
): Observable<string[]> {
  const parts = Array.from({ length: PARTS }, (_, i) => {
    const at = (edge: number) => Math.round(start + ((end - start) * edge) / PARTS);
    return questionsIn({ start: at(i), end: at(i + 1) }).values(label, selector);
  });
  return forkJoin(parts).pipe(
    map((seen) => {
      const firstSeen = new Map<string, number>();
      seen.forEach((values, part) =>
        values.forEach((value) => firstSeen.set(value, Math.min(part, firstSeen.get(value) ?? PARTS)))
      );
      return [...firstSeen]
        .sort(([a, seenA], [b, seenB]) => seenA - seenB || a.localeCompare(b, 'en', { numeric: true }))
        .map(([version]) => version);
    })
  );
}
