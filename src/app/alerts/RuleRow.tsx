import React from 'react';

import { dateTimeFormatTimeAgo, locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Badge, type BadgeColor, Stack, Text, TextLink } from '@grafana/ui';

import { ruleUrl } from '../../links/alertUrl';
import type { OurRule, RuleState } from '../alerting/ourRules';

import { plainLink } from './plainLink';
import { RaisedAlerts } from './RaisedAlerts';

/** A rule with its state and why it cannot be evaluated; its name leads to Grafana's page of it. */
export function RuleRow({ rule }: { rule: OurRule }) {
  const { uid, title, folder, group, state, firing, lastError, evaluatedAt, isProvisioned } = rule;
  const runbook = plainLink(rule.annotations.runbook_url);
  return (
    <tr>
      <td>
        <Badge color={COLOURS[state]} text={stateText(state, firing)} />
      </td>
      <td>
        <TextLink href={locationUtil.assureBaseUrl(ruleUrl(uid))} inline={false}>
          {title}
        </TextLink>
        <RaisedAlerts rule={rule} />
        {lastError !== undefined && (
          <Text element="p" color="error" variant="bodySmall">
            {lastError}
          </Text>
        )}
      </td>
      <td>
        <Text>{[folder, group].filter(Boolean).join(' › ')}</Text>
        {isProvisioned && (
          <Text element="p" color="secondary" variant="bodySmall">
            {t('app.alerts.provisioned', 'From a file or a tool: it is changed there')}
          </Text>
        )}
      </td>
      <td>{evaluatedAt === undefined ? t('app.alerts.never', 'Not yet') : dateTimeFormatTimeAgo(evaluatedAt)}</td>
      <td>
        <Stack wrap="wrap">
          {!isProvisioned && (
            <TextLink href={locationUtil.assureBaseUrl(`/alerting/${encodeURIComponent(uid)}/edit`)} inline={false}>
              {t('app.alerts.edit', 'Edit')}
            </TextLink>
          )}
          {runbook !== undefined && (
            <TextLink href={runbook.href} external={runbook.isElsewhere} inline={false}>
              {t('app.alerts.runbook', 'Runbook')}
            </TextLink>
          )}
        </Stack>
      </td>
    </tr>
  );
}

const COLOURS: Record<RuleState, BadgeColor> = {
  firing: 'red',
  error: 'orange',
  pending: 'orange',
  recovering: 'blue',
  nodata: 'darkgrey',
  inactive: 'green',
  paused: 'darkgrey',
};

function stateText(state: RuleState, count: number): string {
  switch (state) {
    case 'firing':
      return count > 1
        ? t('app.alerts.state.firing-many', 'Firing: {{count}}', { count })
        : t('app.alerts.state.firing', 'Firing');
    case 'error':
      return t('app.alerts.state.error', 'Error');
    case 'pending':
      return t('app.alerts.state.pending', 'Pending');
    case 'recovering':
      return t('app.alerts.state.recovering', 'Recovering');
    case 'nodata':
      return t('app.alerts.state.no-data', 'No data');
    case 'inactive':
      return t('app.alerts.state.normal', 'Normal');
    case 'paused':
      return t('app.alerts.state.paused', 'Paused');
  }
}
