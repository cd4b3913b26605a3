import { t } from '@grafana/i18n';

import type { Baseline, ProfilesQuery } from '../../datasource/query';
import { describeProfileType } from '../../datasource/profileTypes/wording';
import { escapePattern } from '../../flamegraph/names/escapePattern';
import { shortName } from '../../flamegraph/names/shortName';
import { RAW } from '../../flamegraph/raw';
import { type AlertQuestion, OUR_RULE_LABEL } from '../../links/alertRule';
import { runbookUrl, type ShippedRunbook } from '../../links/runbookUrl';
import { runbookOf } from '../regressions/findingLinks';
import type { Finding } from '../regressions/findings';
import { labelsOf } from '../regressions/rankedFindings';
import { labelSelectorOf } from '../selection/profileSelection';

/** A rule that is to be made: what it asks, and what its number means. */
export interface RuleQuestion extends AlertQuestion {
  query: ProfilesQuery;
  /** The number that is held against the limit. */
  number: 'ratio' | 'share' | 'cost';
  /** Unit of Grafana's of a cost. */
  unit?: string;
}

interface ServiceWatch {
  datasourceUid: string;
  service: string;
  profileTypeId: string;
  /** How long the windows are. */
  seconds: number;
  baseline: Baseline;
  leastRatio?: number;
  leastShare?: number;
}

const HOUR = 3600;

/**
 * What the texts of an alert say besides the ratio: shares, beginning and the ranges that were evaluated, so that its link
 * shows the same hours later. The backend answers from memory; see docs/alerting.md.
 */
const EVALUATED = {
  Before: 'baseline',
  After: 'comparison',
  Since: 'since',
  From: 'from',
  To: 'to',
  BaselineFrom: 'baselineFrom',
  BaselineTo: 'baselineTo',
} as const;

/** The ranges as a runbook's page takes them, in milliseconds; the numbers are seconds. */
const EVALUATED_RANGES = (['from', 'to', 'baselineFrom', 'baselineTo'] as const)
  .map((name) => `&${name}={{ printf "%.0f000" $values.${name[0].toUpperCase()}${name.slice(1)}.Value }}`)
  .join('');

/** A rule that fires for each function of a service that costs more than before beyond doubt. */
export function regressionsOfService(watch: ServiceWatch): RuleQuestion {
  const { datasourceUid, service, profileTypeId, seconds, baseline, leastRatio, leastShare } = watch;
  const what = describeProfileType(profileTypeId).title;
  return {
    name: t('app.alerts.question.regressions', 'Regressions of {{service}}: {{what}}', { service, what, ...RAW }),
    datasourceUid,
    query: {
      refId: 'A',
      queryType: 'regressions',
      profileTypeId,
      labelSelector: labelSelectorOf({ service, filters: '' }),
      groupBy: [],
      baseline,
      ...(leastRatio !== undefined && { leastRatio }),
      ...(leastShare !== undefined && { leastShare }),
    },
    range: { from: Math.max(HOUR, Math.round(seconds)), to: 0 },
    // Any regression: those that the thresholds keep are above 1, and without one the number is 0.
    above: 1,
    number: 'ratio',
    // The number itself waits for three evaluations in a row.
    pendingFor: '0s',
    labels: { severity: 'warning', [OUR_RULE_LABEL]: 'regressions' },
    further: EVALUATED,
    annotations: {
      summary:
        `{{ $labels.function }} of {{ $labels.service_name }}: {{ $values.Before.Value | humanizePercentage }} -> ` +
        `{{ $values.After.Value | humanizePercentage }} (${what}), since {{ $values.Since.Value | humanizeTimestamp }}`,
      description: DESCRIPTION,
      runbook_url:
        runbookTemplate(runbookOf({ profileTypeId, kind: 'grew' }), { datasourceUid, profileTypeId }) +
        EVALUATED_RANGES,
    },
  };
}

/**
 * A rule on one function's share of its service, half way between what it was and what it is: it fires until the function
 * is back where it was. Its alerts carry the labels that a mute of the finding is made of.
 */
export function shareOfFunction(finding: Finding, datasourceUid: string): RuleQuestion {
  const { service, profileTypeId, baseline, comparison } = finding;
  return {
    name: t('app.alerts.question.share', 'Share of {{name}} in {{service}}', {
      name: shortName(finding.function),
      service,
      ...RAW,
    }),
    datasourceUid,
    query: {
      refId: 'A',
      queryType: 'metrics',
      profileTypeId,
      labelSelector: labelSelectorOf({ service, filters: '' }),
      groupBy: [],
      function: `^${escapePattern(finding.function)}$`,
      asShare: true,
    },
    range: { from: 900, to: 0 },
    reducer: 'mean',
    above: Number(((baseline + comparison) / 2).toPrecision(3)),
    number: 'share',
    pendingFor: '5m',
    // A label of the rule wins over that of the series, which has the name as the build wrote it.
    labels: { severity: 'warning', [OUR_RULE_LABEL]: 'function-share', ...plainLabels(labelsOf(finding)) },
    annotations: {
      summary: `{{ $labels.function }} takes {{ $values.B.Value | humanizePercentage }} of ${plain(service)}`,
      description: DESCRIPTION,
      runbook_url: runbookTemplate(runbookOf(finding), { datasourceUid, profileTypeId }),
    },
  };
}

interface SeriesWatch {
  datasourceUid: string;
  query: ProfilesQuery;
  title: string;
  service?: string;
  /** What it costs now, and the unit of that. */
  highest?: number;
  unit?: string;
}

/** A rule on what a selection costs: above what it was at most, and a fifth more. */
export function costOfSelection({ datasourceUid, query, title, service, highest, unit }: SeriesWatch): RuleQuestion {
  const { profileTypeId } = query;
  return {
    name: title,
    datasourceUid,
    query: { ...query, queryType: 'metrics', annotations: undefined },
    range: { from: 900, to: 0 },
    reducer: 'mean',
    above: Number(((highest ?? 0) * 1.2).toPrecision(2)),
    number: 'cost',
    unit,
    pendingFor: '5m',
    labels: { severity: 'warning', [OUR_RULE_LABEL]: 'cost', ...(service && { service_name: service }) },
    annotations: {
      summary: `${plain(title)}: {{ printf "%.3g" $values.B.Value }} ${plain(unit ?? '')}`.trim(),
      description: DESCRIPTION,
      runbook_url: runbookTemplate(runbookOf({ profileTypeId, kind: 'grew' }), { datasourceUid, profileTypeId }),
    },
  };
}

interface DiffWatch {
  datasourceUid: string;
  /** A diff whose sides move along with the clock. */
  query: ProfilesQuery;
  title: string;
  /** Seconds before now at which the comparison begins and ends. */
  range: { from: number; to: number };
}

/** A rule that fires where the comparison of a diff costs a fifth more than its baseline. */
export function costAgainstBaseline({ datasourceUid, query, title, range }: DiffWatch): RuleQuestion {
  const { profileTypeId } = query;
  return {
    name: title,
    datasourceUid,
    query,
    range,
    above: 1.2,
    number: 'ratio',
    labels: { severity: 'warning', [OUR_RULE_LABEL]: 'cost-against-baseline' },
    annotations: {
      summary: `${plain(title)}: {{ printf "%.2f" $values.A.Value }} times the baseline`,
      description: DESCRIPTION,
      runbook_url: runbookTemplate(runbookOf({ profileTypeId, kind: 'grew' }), { datasourceUid, profileTypeId }),
    },
  };
}

/** What to do next, for whoever is woken. English, as alerts are read by people of all languages and by machines. */
const DESCRIPTION =
  'Open the runbook: it shows what changed for this service and function, and what to do. If it is known and accepted, ' +
  'mute it on the screen Regressions of Flamewatch, or silence the alert.';

/**
 * The address of a runbook as an alert fills it in: this Grafana's, and the labels of the alert. A label that an alert
 * does not have becomes '[no value]', which the page takes for absent.
 */
function runbookTemplate(slug: ShippedRunbook, known: { datasourceUid: string; profileTypeId: string }): string {
  const path = runbookUrl(slug, known).slice(1);
  return (
    `{{ externalURL }}${path}&var-service={{ $labels.service_name | urlquery }}` +
    `&var-function={{ $labels.function | urlquery }}`
  );
}

function plainLabels(labels: object): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, plain(String(value))]));
}

/** A text of somebody else's in a template is no template. */
function plain(text: string): string {
  return text.replaceAll('{{', '{ {').replaceAll('}}', '} }');
}
