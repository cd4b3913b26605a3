import { css } from '@emotion/css';
import React from 'react';

import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Text, useStyles2 } from '@grafana/ui';

import { describeProfileType } from '../../datasource/profileTypes/wording';
import { RAW } from '../../flamegraph/raw';
import { formatShare } from '../services/formatCost';

import type { Finding } from './findings';
import { confidenceText, costText } from './findingWords';

/** A finding in words and numbers: the backend's sentence, its path, and how sure it is. */
export function FindingFacts({ finding }: { finding: Finding }) {
  const styles = useStyles2(getStyles);
  return (
    <div>
      <Text element="p">{finding.sentence}</Text>
      {finding.why !== undefined && finding.why !== '' && (
        <Text element="p" color="secondary">
          {finding.why}
        </Text>
      )}
      <dl className={styles.facts}>
        {factsOf(finding).map(([name, value]) => (
          <React.Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </React.Fragment>
        ))}
      </dl>
    </div>
  );
}

function factsOf(finding: Finding): Array<[name: string, value: string]> {
  const { profileTypeId, stack, within, low, high, q, since, version, versionBefore, pods, podsGrown } = finding;
  const facts: Array<[string, string | undefined]> = [
    [t('app.regressions.fact.type', 'Profile type'), describeProfileType(profileTypeId).title],
    [t('app.regressions.fact.since', 'Since'), dateTimeFormat(since)],
    [
      t('app.regressions.fact.version', 'Version'),
      version === undefined ? undefined : [versionBefore, version].filter(Boolean).join(' → '),
    ],
    [
      t('app.regressions.fact.interval', 'Change, 95% sure'),
      t('app.regressions.fact.between', '{{low}} to {{high}} of the profile', {
        low: signedShare(low),
        high: signedShare(high),
        ...RAW,
      }),
    ],
    [
      t('app.regressions.fact.cost', 'Cost, 95% sure'),
      t('app.regressions.fact.cost-between', '{{low}} to {{high}}', {
        low: costText({ ...finding, cost: finding.costLow }),
        high: costText({ ...finding, cost: finding.costHigh }),
        ...RAW,
      }),
    ],
    [
      t('app.regressions.fact.confidence', 'Confidence'),
      t('app.regressions.fact.confidence-q', '{{words}} (q = {{q}})', {
        words: confidenceText(finding),
        q: q.toPrecision(2),
        ...RAW,
      }),
    ],
    [
      t('app.regressions.fact.pods', 'Instances'),
      pods === 0
        ? undefined
        : t('app.regressions.fact.pods-of', 'on {{grown}} of {{pods}} looked at', { grown: podsGrown, pods }),
    ],
    [t('app.regressions.fact.alerts', 'Alerts'), alertsText(finding)],
    [t('app.regressions.fact.path', 'Call path'), stack.join(' › ')],
    [t('app.regressions.fact.within', 'Grew in'), within.join(', ')],
    [t('app.regressions.fact.gives-back', 'Taken from'), finding.givesBack],
    [
      t('app.regressions.fact.also', 'Also in'),
      finding.also.map((other) => describeProfileType(other.profileTypeId).title).join(', '),
    ],
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== undefined && fact[1] !== '');
}

function alertsText({ alerts, standing }: Finding): string {
  if (alerts && standing) {
    return t('app.regressions.fact.standing', 'A rule of this search would be firing');
  }
  return alerts
    ? t('app.regressions.fact.not-standing', 'Large and sure enough; a rule waits for three evaluations in a row')
    : t('app.regressions.fact.no-alert', 'Wakes nobody');
}

function signedShare(share: number): string {
  return share < 0 ? `−${formatShare(-share)}` : `+${formatShare(share)}`;
}

const getStyles = (theme: GrafanaTheme2) => ({
  facts: css({
    display: 'grid',
    gridTemplateColumns: 'max-content minmax(0, 1fr)',
    gap: theme.spacing(0.25, 2),
    marginTop: theme.spacing(1),
    dt: { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
    dd: { margin: 0, overflowWrap: 'anywhere' },
  }),
});
