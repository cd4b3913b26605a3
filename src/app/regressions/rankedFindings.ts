import { normalizeName } from '../../engine';
import { type MutedLabels, mutes, type Silence } from '../alerting/silence';

import type { Finding, FindingStatus, ServiceFindings } from './findings';

/** A finding with what was found of its service besides, and the silence that mutes it. */
export interface RankedFinding {
  finding: Finding;
  of: ServiceFindings;
  /** What it costs beside the costliest finding of the same unit, 0 to 1: cores and bytes can be ranked together by it. */
  weight: number;
  mutedBy?: Silence;
}

/** The findings of a service, of all profile types, what costs most first. */
export interface ServiceGroup {
  service: string;
  findings: RankedFinding[];
  /** What was found of the service's profile types. */
  answers: ServiceFindings[];
  weight: number;
}

/** `costlier`: what is dearer now; `all`: also what became cheaper, moved or was one peak. */
export type Shown = 'costlier' | 'all';

export interface FindingFilter {
  shown: Shown;
  /** Undefined for any. */
  status?: FindingStatus;
  /** Words that the service or the function has. */
  search: string;
  /** Whether muted ones are listed. */
  muted: boolean;
}

const COSTLIER: ReadonlySet<string> = new Set(['grew', 'new', 'leak']);

/** Whether a finding says that something costs more now than before. */
function isCostlier({ kind }: Finding): boolean {
  return COSTLIER.has(kind);
}

/**
 * The findings that a filter keeps, grouped by service: the services with the costliest first, and so within one. What a
 * finding costs is held against the costliest of its unit, as cores cannot be held against bytes; muted ones come last.
 */
export function rankFindings(
  answers: readonly ServiceFindings[],
  silences: readonly Silence[],
  filter: FindingFilter
): ServiceGroup[] {
  const dearest = new Map<string, number>();
  for (const { findings } of answers) {
    for (const { costUnit, cost } of findings) {
      dearest.set(costUnit, Math.max(dearest.get(costUnit) ?? 0, Math.abs(cost)));
    }
  }
  const active = silences.filter(({ state }) => state === 'active');
  const groups = new Map<string, ServiceGroup>();
  for (const of of answers) {
    const group = groups.get(of.service) ?? { service: of.service, findings: [], answers: [], weight: 0 };
    groups.set(of.service, group);
    group.answers.push(of);
    for (const finding of of.findings) {
      const most = dearest.get(finding.costUnit) ?? 0;
      const weight = most > 0 ? Math.abs(finding.cost) / most : 0;
      const labels = active.length > 0 ? labelsOf(finding) : undefined;
      const mutedBy = labels && active.find((silence) => mutes(silence, labels));
      if (isKept(finding, mutedBy !== undefined, filter)) {
        group.findings.push({ finding, of, weight, mutedBy });
      }
    }
  }
  for (const group of groups.values()) {
    group.findings.sort(byWeight);
    group.weight = Math.max(0, ...group.findings.map(rankOf));
  }
  return [...groups.values()]
    .filter(({ findings }) => findings.length > 0)
    .sort((a, b) => b.weight - a.weight || a.service.localeCompare(b.service));
}

/** The labels of a finding's alerts: there the function stands without what changes from build to build. */
export function labelsOf({ service, function: name, kind }: Finding): MutedLabels {
  return { service_name: service, function: normalizeName(name), kind };
}

/** What is dearer comes before what is not, and what is heard before what is muted. */
function rankOf({ finding, weight, mutedBy }: RankedFinding): number {
  return weight + (isCostlier(finding) && finding.status !== 'gone' ? 2 : 0) - (mutedBy ? 4 : 0);
}

function byWeight(a: RankedFinding, b: RankedFinding): number {
  return rankOf(b) - rankOf(a) || a.finding.function.localeCompare(b.finding.function);
}

function isKept(finding: Finding, isMuted: boolean, { shown, status, search, muted }: FindingFilter): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const text = `${finding.service}\n${finding.function}\n${finding.stack.join('\n')}`.toLowerCase();
  return (
    (shown === 'all' || isCostlier(finding)) &&
    (status === undefined || finding.status === status) &&
    (muted || !isMuted) &&
    words.every((word) => text.includes(word))
  );
}
