import { t } from '@grafana/i18n';

import type { Draft, DraftOperand, DraftTime } from '../../flameql/draft';
import { withoutInherited } from '../../flameql/inheritance';
import { parseDraft } from '../../flameql/parse';
import { formatInstant } from '../../flameql/syntax/instant';
import { errorMessage } from '../../flameql/syntax/queryError';
import { isAgainstPreviousVersion } from '../compare/regressionBaseline';
import type { Baseline, ProfilesQuery } from '../query';
import { readSelector } from '../selector/selector';

/** The parts of a query, or why it has none that can be told apart. */
export type ReadDraft = { ok: true; draft: Draft } | { ok: false; fault: string };

/** Whether the query is a text; an empty one counts while it is being written. */
export function isText({ flameql, editorMode }: ProfilesQuery): boolean {
  return Boolean(flameql?.trim()) || (editorMode === 'code' && flameql !== undefined);
}

/** What a query says, in whichever form it was saved. Its type is the one beside the text if the text names none. */
export function draftOfQuery(query: ProfilesQuery): ReadDraft {
  const read = isText(query) ? draftOfText(query) : draftOfFields(query);
  // The version before is found when the query is run: the baseline is there, and says nothing of its own.
  return read.ok && !read.draft.right && isAgainstPreviousVersion(query)
    ? { ok: true, draft: { ...read.draft, right: {} } }
    : read;
}

function draftOfText(query: ProfilesQuery): ReadDraft {
  const parsed = parseDraft(query.flameql?.trim() || '{}');
  if (!parsed.ok) {
    return { ok: false, fault: errorMessage(parsed.error) };
  }
  const { left, ...rest } = parsed.query;
  const type = left.type ?? query.profileTypeId;
  return { ok: true, draft: { ...clausesOfFields(query), left: { ...left, ...(type && { type }) }, ...rest } };
}

function draftOfFields(query: ProfilesQuery): ReadDraft {
  const left = operandOf(query.profileTypeId, query.labelSelector);
  if (typeof left === 'string') {
    return { ok: false, fault: left };
  }
  const right = query.baseline && baselineOperand(query.baseline, query, left);
  if (typeof right === 'string') {
    return { ok: false, fault: right };
  }
  return { ok: true, draft: { left, ...(right && { right }), ...clausesOfFields(query) } };
}

function operandOf(type: string, labelSelector: string): DraftOperand | string {
  const read = readSelector(labelSelector);
  if (!('matchers' in read)) {
    return read.fault;
  }
  return { ...(type !== '' && { type }), ...(read.matchers.length > 0 && { matchers: read.matchers }) };
}

function baselineOperand(baseline: Baseline, query: ProfilesQuery, left: DraftOperand): DraftOperand | string {
  const full = operandOf(baseline.profileTypeId || query.profileTypeId, baseline.labelSelector || query.labelSelector);
  if (typeof full === 'string') {
    return full;
  }
  return (
    withoutInherited({ ...full, time: timeOf(baseline) }, left) ??
    t(
      'datasource.draft.baseline',
      'The baseline leaves out a variable that stands for conditions of the query, which a text cannot say.'
    )
  );
}

export function timeOf({ offset, from, to }: Baseline): DraftTime | undefined {
  if (from !== undefined && to !== undefined) {
    return { from: formatInstant({ ms: from }), to: formatInstant({ ms: to }) };
  }
  return offset ? { offset } : undefined;
}

/** What the fields say, for a clause that a text does not have as well: the backend reads both. */
export function clausesOfFields(query: ProfilesQuery): Omit<Draft, 'left' | 'right'> {
  const { groupBy, function: through, focus, hideFrames, normalise, maxNodes, limit } = query;
  const { spanSelector = [], traceIdSelector = [], profileIdSelector = [] } = query;
  return {
    ...(groupBy.length > 0 && { by: groupBy }),
    ...(through && { function: through }),
    ...(focus && { focus }),
    ...(hideFrames && { hide: hideFrames }),
    ...(spanSelector.length > 0 && { span: spanSelector }),
    ...(traceIdSelector.length > 0 && { trace: traceIdSelector }),
    ...(profileIdSelector.length > 0 && { profile: profileIdSelector }),
    ...(maxNodes !== undefined && { nodes: String(maxNodes) }),
    ...(limit !== undefined && { limit: String(limit) }),
    ...(normalise && { normalise }),
  };
}
