import React from 'react';

import { t } from '@grafana/i18n';
import { config } from '@grafana/runtime';
import { Stack, Text, TextLink } from '@grafana/ui';

import type { OurRule, RaisedAlert } from '../alerting/ourRules';

import { plainLink } from './plainLink';

/** More would hide the rules below; Grafana's page of the rule has them all. */
const SHOWN = 5;

/** What a rule says of whom: its alerts that fire or are about to, each with its runbook, which has the incident's evidence. */
export function RaisedAlerts({ rule: { raised } }: { rule: OurRule }) {
  if (raised.length === 0) {
    return null;
  }
  return (
    <Stack direction="column" gap={0.5}>
      {raised.slice(0, SHOWN).map((alert, at) => {
        const runbook = plainLink(inThisGrafana(alert.annotations.runbook_url));
        return runbook ? (
          <TextLink key={at} href={runbook.href} external={runbook.isElsewhere} inline={false} variant="bodySmall">
            {textOf(alert)}
          </TextLink>
        ) : (
          <Text key={at} variant="bodySmall">
            {textOf(alert)}
          </Text>
        );
      })}
      {raised.length > SHOWN && (
        <Text color="secondary" variant="bodySmall">
          {t('app.alerts.raised-more', 'and {{count}} more', { count: raised.length - SHOWN })}
        </Text>
      )}
    </Stack>
  );
}

/**
 * What the rule's author wrote of the alert, else the labels that tell it from others. After a start of Grafana the
 * templates are as in the rule until it is evaluated again.
 */
function textOf({ annotations, labels }: RaisedAlert): string {
  const { alertname, grafana_folder, ...own } = labels;
  const named = Object.entries(own).map(([name, value]) => `${name}=${value}`);
  const summary = annotations.summary?.includes('{{') ? undefined : annotations.summary;
  return summary || named.join(', ') || alertname || grafana_folder || '–';
}

/** Alerts name this Grafana by the address in its settings, by which the browser may not have come here. */
function inThisGrafana(address: string | undefined): string | undefined {
  const { appUrl } = config;
  return appUrl && address?.startsWith(appUrl) ? `/${address.slice(appUrl.length)}` : address;
}
