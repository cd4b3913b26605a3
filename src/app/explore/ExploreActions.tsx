import React, { useState } from 'react';

import { type DataFrame, FieldType, locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { config } from '@grafana/runtime';
import { sceneGraph } from '@grafana/scenes';
import { Button, LinkButton, Stack } from '@grafana/ui';

import { tracesUrl } from '../../links/appUrl';
import { exploreUrl } from '../../links/exploreUrl';
import { whyNoRules } from '../alerting/mayDo';
import { CreateRule } from '../alerts/CreateRule';
import { costOfSelection, type RuleQuestion } from '../alerts/ruleQuestions';
import { compareLink } from '../compare/compareLink';
import { AddToDashboard } from '../dashboard/AddToDashboard';

import type { ProfileExploration } from './ProfileExploration';

interface Props {
  model: ProfileExploration;
  datasourceUid: string;
}

/** Where to go on from here with what is shown. */
export function ExploreActions({ model, datasourceUid }: Props) {
  const { part, service, profileTypeId, filters } = model.useState();
  const { from, to, value } = sceneGraph.getTimeRange(model).useState();
  const [adding, setAdding] = useState(false);
  const [rule, setRule] = useState<RuleQuestion>();
  const explore = exploreUrl({
    datasourceUid,
    queries: [model.queryOf('both')],
    range: part ? { from: part.start, to: part.end } : { from, to },
  });
  const spans = tracesUrl({
    datasourceUid,
    service,
    range: part ? { from: part.start, to: part.end } : { from, to },
  });
  const compare = compareLink({
    datasourceUid,
    profileTypeId,
    service,
    filters,
    range: { from, to },
    part,
    seconds: Math.round((value.to.valueOf() - value.from.valueOf()) / 1000),
  });
  return (
    <Stack wrap="wrap">
      <LinkButton variant="secondary" size="sm" icon="exchange-alt" href={locationUtil.assureBaseUrl(compare)}>
        {part
          ? t('app.explore.compare-part', 'Compare with the whole range')
          : t('app.explore.compare', 'Compare with before')}
      </LinkButton>
      {config.exploreEnabled && (
        <LinkButton variant="secondary" size="sm" icon="compass" href={locationUtil.assureBaseUrl(explore)}>
          {t('app.explore.open-in-explore', 'Open in Grafana Explore')}
        </LinkButton>
      )}
      {hasTraces() && (
        <LinkButton variant="secondary" size="sm" icon="list-ui-alt" href={locationUtil.assureBaseUrl(spans)}>
          {t('app.explore.spans', 'Slowest spans')}
        </LinkButton>
      )}
      <Button variant="secondary" size="sm" icon="apps" onClick={() => setAdding(true)}>
        {t('app.explore.add-to-dashboard', 'Add to dashboard')}
      </Button>
      {config.unifiedAlertingEnabled && (
        <Button
          variant="secondary"
          size="sm"
          icon="bell"
          disabled={whyNoRules() !== undefined}
          tooltip={whyNoRules()}
          onClick={() =>
            setRule(
              costOfSelection({
                datasourceUid,
                query: model.queryOf('metrics'),
                title: model.title,
                service,
                ...highestOf(model.state.series.runner.state.data?.series ?? []),
              })
            )
          }
        >
          {t('app.explore.create-alert', 'Create alert')}
        </Button>
      )}
      {rule && <CreateRule question={rule} onClose={() => setRule(undefined)} />}
      {adding && (
        <AddToDashboard
          title={model.title}
          datasourceUid={datasourceUid}
          queries={[model.queryOf('profile'), model.queryOf('metrics')]}
          timeRange={value}
          onClose={() => setAdding(false)}
        />
      )}
    </Stack>
  );
}

/** The highest value of the series in view, and its unit. */
function highestOf(series: readonly DataFrame[]): { highest?: number; unit?: string } {
  const fields = series.flatMap((frame) => frame.fields).filter(({ type }) => type === FieldType.number);
  const values = fields.flatMap((field) => field.values as Array<number | null>).filter((value) => value !== null);
  return values.length === 0
    ? {}
    : { highest: values.reduce((most, value) => Math.max(most, value)), unit: fields[0].config.unit };
}

function hasTraces(): boolean {
  return Object.values(config.datasources).some(({ type }) => type === 'tempo');
}
