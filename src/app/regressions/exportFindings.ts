import { formatCost, formatShare } from '../services/formatCost';

import type { Finding } from './findings';
import type { ServiceGroup } from './rankedFindings';

/** Forms in which findings can be saved. */
export type ExportForm = 'csv' | 'json' | 'markdown';

/** What an export says of itself. */
export interface ExportHead {
  from: number;
  to: number;
  datasourceUid: string;
}

const COLUMNS = [
  'service',
  'profileTypeId',
  'function',
  'kind',
  'status',
  'baseline',
  'comparison',
  'change',
  'low',
  'high',
  'ratio',
  'cost',
  'costUnit',
  'q',
  'since',
  'version',
  'versionBefore',
  'podsGrown',
  'pods',
  'alerts',
  'muted',
  'path',
  'why',
] as const;

type Row = Record<(typeof COLUMNS)[number], string | number | boolean | null>;

/** The findings as RFC 4180, one a line; shares and changes are fractions, times ISO 8601, as everywhere below. */
export function findingsCsv(groups: readonly ServiceGroup[]): string {
  const lines = rowsOf(groups).map((row) => COLUMNS.map((column) => csvCell(row[column])).join(','));
  return [COLUMNS.join(','), ...lines].join('\r\n') + '\r\n';
}

/** The findings as the backend gives them, with whether they are muted. */
export function findingsJson(groups: readonly ServiceGroup[], { from, to, datasourceUid }: ExportHead): string {
  const findings = groups.flatMap((group) =>
    group.findings.map(({ finding, mutedBy }) => ({
      ...finding,
      muted: mutedBy === undefined ? null : { until: isoTime(mutedBy.endsAt), reason: mutedBy.comment },
    }))
  );
  return JSON.stringify({ datasourceUid, from: isoTime(from), to: isoTime(to), findings }, null, 2) + '\n';
}

/** The findings as text for a ticket or a chat. */
export function findingsMarkdown(groups: readonly ServiceGroup[], { from, to }: ExportHead): string {
  const head = `# Regressions, ${isoTime(from)} to ${isoTime(to)}\n`;
  if (groups.length === 0) {
    return `${head}\nNone.\n`;
  }
  const sections = groups.map(({ service, findings }) => {
    const lines = findings.map(({ finding, mutedBy }) => {
      const muted = mutedBy ? `, muted until ${isoTime(mutedBy.endsAt)}` : '';
      return (
        `| ${code(finding.function)} | ${finding.kind}, ${finding.status}${muted} | ${formatShare(finding.baseline)} | ` +
        `${formatShare(finding.comparison)} | ${signed(finding)} | ${isoTime(finding.since)} | ` +
        `${finding.version === undefined ? '' : code(finding.version)} | ${finding.q.toPrecision(2)} |`
      );
    });
    const table = [
      '| function | kind | before | now | cost | since | version | q |',
      '| --- | --- | ---: | ---: | ---: | --- | --- | ---: |',
      ...lines,
    ];
    return `\n## ${escapeText(service)}\n\n${table.join('\n')}\n`;
  });
  return head + sections.join('');
}

function signed({ cost, costUnit }: Finding): string {
  return `${cost > 0 ? '+' : ''}${formatCost(cost, costUnit)}`;
}

function rowsOf(groups: readonly ServiceGroup[]): Row[] {
  return groups.flatMap(({ findings }) =>
    findings.map(({ finding, mutedBy }) => ({
      ...finding,
      since: isoTime(finding.since),
      version: finding.version ?? null,
      versionBefore: finding.versionBefore ?? null,
      muted: mutedBy !== undefined,
      path: finding.stack.join(';'),
      why: finding.why ?? null,
    }))
  );
}

function isoTime(moment: number): string {
  return new Date(moment).toISOString();
}

/** Names can hold commas and quotes; those that a spreadsheet would take for a formula are marked as text. */
function csvCell(value: Row[keyof Row]): string {
  if (typeof value !== 'string') {
    return value === null ? '' : String(value);
  }
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""')}"`;
}

/** A name as code in a table's cell, whatever letters it has. */
function code(name: string): string {
  const flat = name.replace(/\s+/g, ' ').replaceAll('|', '\\|');
  const runs = [...flat.matchAll(/`+/g)].map(([run]) => run.length);
  const fence = '`'.repeat(Math.max(0, ...runs) + 1);
  return runs.length > 0 ? `${fence} ${flat} ${fence}` : `${fence}${flat}${fence}`;
}

function escapeText(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|]/g, '\\$&');
}
