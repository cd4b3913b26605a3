import type { ProfilesQuery } from '../../datasource/query';
import { compareUrl, profilesUrl } from '../../links/appUrl';
import { runbookUrl, type ShippedRunbook } from '../../links/runbookUrl';
import { filtersOf, labelSelectorOf } from '../selection/profileSelection';

import type { Begun, Finding, ServiceFindings, Window } from './findings';

/** What a finding compares: each side with the selector of its profiles. */
export interface ComparedWindows {
  comparison: Window & { selector: string };
  baseline: Window & { selector: string };
}

/**
 * The windows of a finding and whose profiles they hold. Where a window is of one version and the label that tells
 * versions is known, the selector names it: versions overlap while a new one is rolled out.
 */
export function windowsOf(
  of: ServiceFindings,
  begun: Pick<Begun, 'comparison' | 'baseline'>,
  versionLabel: string | undefined
): ComparedWindows {
  const side = (window: Window) => {
    const isOfVersion = window.version !== undefined && versionLabel !== undefined;
    const filters = isOfVersion ? filtersOf([{ label: versionLabel, op: '=', value: window.version ?? '' }]) : '';
    return { ...window, selector: labelSelectorOf({ service: of.service, filters }) };
  };
  return { comparison: side(of.comparison ?? begun.comparison), baseline: side(of.baseline ?? begun.baseline) };
}

/** The query of the flame graph of what changed. */
export function diffQueryOf({ profileTypeId }: Finding, { comparison, baseline }: ComparedWindows): ProfilesQuery {
  return {
    refId: 'A',
    queryType: 'diff',
    profileTypeId,
    labelSelector: comparison.selector,
    groupBy: [],
    baseline: { labelSelector: baseline.selector, from: baseline.from, to: baseline.to },
  };
}

/** Where to go on from a finding; times are absolute, so that a link shows the same later. */
export function linksOf(finding: Finding, { comparison, baseline }: ComparedWindows, datasourceUid: string) {
  const { service, profileTypeId } = finding;
  const range = ({ from, to }: Window) => ({ from, to });
  return {
    compare: compareUrl({
      datasourceUid,
      profileTypeId,
      comparison: { selector: comparison.selector, range: range(comparison) },
      baseline: { selector: baseline.selector, range: range(baseline) },
    }),
    explore: profilesUrl({ datasourceUid, profileTypeId, service, range: range(comparison) }),
    runbook: runbookUrl(runbookOf(finding), {
      datasourceUid,
      service,
      functionName: finding.function,
      profileTypeId,
      range: range(comparison),
      baseline: range(baseline),
      version: finding.version ?? comparison.version,
      baselineVersion: finding.versionBefore ?? baseline.version,
    }),
  };
}

/** The runbook for what a profile type measures. */
export function runbookOf({ profileTypeId, kind }: Pick<Finding, 'profileTypeId' | 'kind'>): ShippedRunbook {
  const [name = '', sampleType = ''] = profileTypeId.split(':');
  const of = `${name}:${sampleType}`;
  if (/goroutine/.test(of)) {
    return 'goroutine-leak';
  }
  if (/mutex|contentions|lock/.test(of) && !/block/.test(name)) {
    return 'lock-contention';
  }
  if (/block|delay/.test(of)) {
    return 'blocking-io';
  }
  if (/inuse|live/.test(of) || (kind === 'leak' && /memory|heap|space/.test(of))) {
    return 'memory-leak';
  }
  if (/alloc/.test(of)) {
    return 'gc-pressure';
  }
  if (/wall/.test(of)) {
    return 'latency-without-cpu';
  }
  return 'cpu-regression-after-deploy';
}
