import React, { useState } from 'react';

import { locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { config } from '@grafana/runtime';
import { Button, ClipboardButton, LinkButton, Stack } from '@grafana/ui';

import { newAlertUrl } from '../../links/alertUrl';
import { compareUrl } from '../../links/appUrl';
import { exploreUrl } from '../../links/exploreUrl';
import { costAgainstBaseline } from '../alerts/ruleQuestions';
import { AddToDashboard } from '../dashboard/AddToDashboard';

import type { ProfileComparison } from './ProfileComparison';

interface Props {
  model: ProfileComparison;
  datasourceUid: string;
}

/** Where to go on from here with the comparison. */
export function CompareActions({ model, datasourceUid }: Props) {
  const [adding, setAdding] = useState(false);
  // The links are those of what is shown now: they follow both ranges.
  const { baseline, comparison } = model.useState();
  baseline.state.$timeRange.useState();
  comparison.state.$timeRange.useState();
  const { query, title, moves } = model;
  const { shownRange, linked } = comparison;
  const { part, range } = linked;
  const explore = exploreUrl({
    datasourceUid,
    queries: [query],
    range: part ? { from: part.start, to: part.end } : range,
  });
  return (
    <Stack wrap="wrap">
      <ClipboardButton
        variant="secondary"
        size="sm"
        icon="link"
        getText={() => absoluteUrl(compareUrl(model.fixedState(datasourceUid)))}
      >
        {t('app.compare.copy-link', 'Copy link to these times')}
      </ClipboardButton>
      {config.exploreEnabled && (
        <LinkButton variant="secondary" size="sm" icon="compass" href={locationUtil.assureBaseUrl(explore)}>
          {t('app.explore.open-in-explore', 'Open in Grafana Explore')}
        </LinkButton>
      )}
      <Button variant="secondary" size="sm" icon="apps" onClick={() => setAdding(true)}>
        {t('app.explore.add-to-dashboard', 'Add to dashboard')}
      </Button>
      {config.unifiedAlertingEnabled && <CreateAlert model={model} datasourceUid={datasourceUid} moves={moves} />}
      {adding && (
        <AddToDashboard
          title={title}
          datasourceUid={datasourceUid}
          queries={[query]}
          timeRange={shownRange}
          onClose={() => setAdding(false)}
        />
      )}
    </Stack>
  );
}

function CreateAlert({ model, datasourceUid, moves }: Props & { moves: boolean }) {
  const label = t('app.compare.create-alert', 'Create alert');
  if (!moves) {
    return (
      <Button
        variant="secondary"
        size="sm"
        icon="bell"
        disabled
        tooltip={t(
          'app.compare.alert-needs-moving-sides',
          'An alert rule looks at now: choose equally long ranges that move along, such as the last hour and the hour before.'
        )}
      >
        {label}
      </Button>
    );
  }
  const url = newAlertUrl(
    costAgainstBaseline({
      datasourceUid,
      title: model.title,
      query: model.query,
      range: model.state.comparison.state.$timeRange.ago,
    })
  );
  return (
    <LinkButton variant="secondary" size="sm" icon="bell" href={locationUtil.assureBaseUrl(url)}>
      {label}
    </LinkButton>
  );
}

function absoluteUrl(path: string): string {
  return new URL(locationUtil.assureBaseUrl(path), window.location.origin).href;
}
