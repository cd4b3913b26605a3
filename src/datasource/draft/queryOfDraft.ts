import type { Draft } from '../../flameql/draft';
import { formatClauses, formatDraft, formatTime, formatType } from '../../flameql/format';
import { isWordOrVariable } from '../../flameql/syntax/words';
import { isAgainstPreviousVersion } from '../compare/regressionBaseline';
import { EVERYTHING } from '../migrate';
import type { EditorMode, ProfilesQuery } from '../query';
import { writeSelector } from '../selector/selector';
import { clausesOfFields, draftOfQuery, isText, timeOf } from './draftOfQuery';

/**
 * The query with other parts, as the builder writes it. Core's fields hold it where they can, so that links and other
 * data sources can read it; a comparison, a time of its own and variables where numbers stand are kept as text.
 */
export function queryOfDraft(query: ProfilesQuery, changed: Draft): ProfilesQuery {
  const draft = writtenDraft(query, changed);
  const base = { ...withoutParts(query), editorMode: 'builder' as const };
  if (!fitsFields(draft)) {
    return { ...base, profileTypeId: draft.left.type ?? '', flameql: formatDraft(draft) };
  }
  const { left, by, function: through, focus, hide, span, trace, profile, nodes, limit, normalise } = draft;
  return {
    ...base,
    profileTypeId: left.type ?? '',
    labelSelector: writeSelector(left.matchers ?? []),
    groupBy: by ?? [],
    ...(through && { function: through }),
    ...(focus && { focus }),
    ...(hide && { hideFrames: hide }),
    ...(span && { spanSelector: span }),
    ...(trace && { traceIdSelector: trace }),
    ...(profile && { profileIdSelector: profile }),
    ...(nodes !== undefined && { maxNodes: Number(nodes) }),
    ...(limit !== undefined && { limit: Number(limit) }),
    ...(normalise && { normalise }),
  };
}

/** The draft as fields or a text hold it: the version before is no part of either. */
export function writtenDraft(query: ProfilesQuery, draft: Draft): Draft {
  const { right: _right, ...rest } = draft;
  return isAgainstPreviousVersion(query) ? rest : draft;
}

function fitsFields({ left, right, nodes, limit, variables = [] }: Draft): boolean {
  const isCount = (text: string | undefined) => text === undefined || /^\d+$/.test(text);
  return !right && !left.time && variables.length === 0 && isCount(nodes) && isCount(limit);
}

/** The query as text, to be written on. Fields that cannot be read are written as they are, for their fault to be seen. */
export function textOfQuery(query: ProfilesQuery): string {
  if (isText(query)) {
    return query.flameql ?? '';
  }
  const read = draftOfQuery(query);
  if (read.ok) {
    return formatDraft(writtenDraft(query, read.draft));
  }
  const { profileTypeId, labelSelector, baseline } = query;
  return [
    rawOperand(profileTypeId, labelSelector),
    ...(baseline && !isAgainstPreviousVersion(query)
      ? [
          'vs',
          rawOperand(baseline.profileTypeId || profileTypeId, baseline.labelSelector || labelSelector),
          ...formatTime(timeOf(baseline)),
        ]
      : []),
    formatClauses(clausesOfFields(query)),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function rawOperand(type: string, selector: string): string {
  return (type === '' ? '' : formatType(type, isWordOrVariable)) + selector;
}

/** The query as its text, which then holds all that fields said. */
export function queryOfText(query: ProfilesQuery, flameql: string, editorMode: EditorMode = 'code'): ProfilesQuery {
  return { ...withoutParts(query), profileTypeId: query.profileTypeId, flameql, editorMode };
}

/** What is no part of a draft: what to show, and how. */
function withoutParts(query: ProfilesQuery): ProfilesQuery {
  const {
    flameql: _text,
    baseline,
    function: _function,
    focus: _focus,
    hideFrames: _hide,
    spanSelector: _spans,
    traceIdSelector: _traces,
    profileIdSelector: _profiles,
    maxNodes: _nodes,
    limit: _limit,
    normalise: _normalise,
    ...rest
  } = query;
  return {
    ...rest,
    labelSelector: EVERYTHING,
    groupBy: [],
    ...(isAgainstPreviousVersion(query) && { baseline }),
  };
}
