import { t } from '@grafana/i18n';

import { legendOfLabels } from '../../../datasource/legend';
import type { ProfilesQuery } from '../../../datasource/query';
import type { Span } from '../../../datasource/resources/span';
import { escapePattern } from '../../../flamegraph/names/escapePattern';
import { RAW } from '../../../flamegraph/raw';
import { resolveType } from '../../../flameql/profileTypes/resolveType';
import { filtersOf, labelSelectorOf } from '../../selection/profileSelection';
import type { LiveBlock } from '../model/liveBlock';

/** What a runbook's page looks at, as far as it is known. */
export interface Evidence {
  service: string;
  functionName?: string;
  /** Of the alert, or of the runbook: a short name or a full id. */
  type?: string;
  /** The types that the service sent in the range; undefined where the server cannot tell. */
  sentTypes?: readonly string[];
  range: Span;
  baseline: Span;
  /** The label that tells versions apart, with both versions; undefined compares times only. */
  versions?: { label: string; version: string; before: string };
}

export interface BlockQuestion {
  query: ProfilesQuery;
  range: Span;
}

/** A question, or a sentence that says why there is none. */
export type AskedOf = BlockQuestion | { problem: string };

/** The query of a block that is drawn from profiles. */
export function questionOf(block: LiveBlock, evidence: Evidence): AskedOf {
  const type = typeOf(block, evidence);
  if ('problem' in type) {
    return type;
  }
  const { functionName, range, baseline } = evidence;
  const profileTypeId = type.id;
  const base = { refId: 'A', profileTypeId, labelSelector: selectorOf(evidence), groupBy: [] };
  const onlyFunction = block.function === true && functionName !== undefined ? functionName : undefined;
  switch (block.kind) {
    case 'series':
      return {
        range,
        query: {
          ...base,
          queryType: 'metrics',
          groupBy: block.by ?? [],
          ...legendOfLabels(block.by ?? []),
          annotations: true,
          ...(onlyFunction !== undefined && { function: `^${escapePattern(onlyFunction)}$` }),
          ...(block.share && onlyFunction !== undefined && { asShare: true }),
          ...besides(block, evidence),
        },
      };
    case 'diff':
      return {
        range,
        query: {
          ...base,
          queryType: 'diff',
          ...bothSides(evidence),
          ...(block.normalise !== undefined && block.normalise !== 'share' && { normalise: block.normalise }),
          ...focusOn(onlyFunction),
        },
      };
    case 'findings':
      return { range, query: { ...base, queryType: 'regressions', ...bothSides(evidence) } };
    case 'functions':
      return { range, query: { ...base, queryType: 'functions', limit: block.limit ?? 10 } };
    default:
      return {
        range: block.of === 'baseline' ? baseline : range,
        query: { ...base, queryType: 'profile', ...focusOn(onlyFunction) },
      };
  }
}

/** What is held against its baseline: of the versions where they are known, else of the times alone. */
function bothSides(evidence: Evidence) {
  const { versions, baseline } = evidence;
  return {
    labelSelector: selectorOf(evidence, versions?.version),
    baseline: {
      labelSelector: selectorOf(evidence, versions?.before),
      from: baseline.start,
      to: baseline.end,
    },
  };
}

/** Names both lines; LiveChart tells them apart by what the backend puts before it. */
const LINE = 'line';

/** The baseline's line beside the incident's, moved to its time. Lines of many values of a label would be too many. */
function besides(block: LiveBlock, evidence: Evidence): Partial<ProfilesQuery> {
  const { range, baseline, versions } = evidence;
  const isSameTime = range.start === baseline.start && range.end === baseline.end;
  if ((block.by ?? []).length > 0 || (isSameTime && !versions)) {
    return {};
  }
  return {
    legendFormat: LINE,
    ...(isSameTime && { labelSelector: selectorOf(evidence, versions?.version) }),
    baseline: {
      labelSelector: selectorOf(evidence, isSameTime ? versions?.before : undefined),
      from: baseline.start,
      to: baseline.end,
    },
  };
}

function focusOn(functionName: string | undefined) {
  return functionName === undefined ? {} : { focus: `^${escapePattern(functionName)}$` };
}

/** The service's profiles, of one version if one is named. */
export function selectorOf({ service, versions }: Evidence, version?: string): string {
  const filters =
    versions === undefined || version === undefined
      ? ''
      : filtersOf([{ label: versions.label, op: '=', value: version }]);
  return labelSelectorOf({ service, filters });
}

/** The full id of a block's type: the block's own, else that of the alert or the runbook. */
function typeOf(block: LiveBlock, { service, type, sentTypes }: Evidence): { id: string } | { problem: string } {
  const written = block.type ?? type ?? 'cpu';
  if (sentTypes === undefined) {
    return { id: written };
  }
  const resolved = resolveType(written, [{ service, types: [...sentTypes] }]);
  if (resolved.ok) {
    return { id: resolved.types[0] ?? written };
  }
  if (sentTypes.length === 0) {
    return {
      problem: t('app.runbooks.no-profiles', '{{service}} sent no profiles in this time range.', { service, ...RAW }),
    };
  }
  const { kind, candidates } = resolved.error;
  const values = { service, written, types: candidates.slice(0, 8).join(', '), ...RAW };
  return {
    problem:
      kind === 'unknown'
        ? t(
            'app.runbooks.type-not-sent',
            '{{service}} sends no profiles of the type {{written}}. It sends {{types}}.',
            values
          )
        : t(
            'app.runbooks.type-ambiguous',
            '{{written}} is several types of {{service}}: {{types}}. Name one in the block.',
            values
          ),
  };
}
