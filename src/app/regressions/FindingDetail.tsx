import { css } from '@emotion/css';
import React, { useCallback, useEffect, useMemo, useState } from 'react';

import { dateTime, type GrafanaTheme2, locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { config } from '@grafana/runtime';
import { Button, LinkButton, Stack, useStyles2 } from '@grafana/ui';

import { type Answer, useAnswer } from '../../datasource/resources/useAnswer';
import { whyNoRules, whyNoSilences } from '../alerting/mayDo';
import type { Silence } from '../alerting/silence';
import { CreateRule } from '../alerts/CreateRule';
import { shareOfFunction } from '../alerts/ruleQuestions';
import { deploysOf } from '../resources/deploys';
import { labelSelectorOf } from '../selection/profileSelection';

import { FindingFacts } from './FindingFacts';
import { diffQueryOf, linksOf, windowsOf } from './findingLinks';
import type { Begun } from './findings';
import { MutedNote } from './MutedNote';
import { MuteForm } from './MuteForm';
import type { RankedFinding } from './rankedFindings';
import type { RegressionsOverview } from './RegressionsOverview';

interface Props {
  model: RegressionsOverview;
  datasourceUid: string;
  begun: Begun;
  ranked: RankedFinding;
  silences: Answer<Silence[] | undefined>;
}

/** All that is known of a finding, what to do about it, and the flame graph of what changed, focused on its path. */
export function FindingDetail({ model, datasourceUid, begun, ranked, silences }: Props) {
  const styles = useStyles2(getStyles);
  const { diff } = model.useState();
  const [step, take] = useState<'mute' | 'watch'>();
  const { finding, of, mutedBy } = ranked;
  const { label, loading } = useVersionLabel(datasourceUid, ranked, begun);
  const windows = useMemo(() => windowsOf(of, begun, label), [of, begun, label]);
  useEffect(() => {
    if (!loading) {
      const { from, to } = windows.comparison;
      const range = { from: dateTime(from), to: dateTime(to), raw: { from: dateTime(from), to: dateTime(to) } };
      diff.focusOn(finding.stack);
      diff.ask(t('app.regressions.diff-title', 'What changed'), diffQueryOf(finding, windows), range);
    }
  }, [diff, finding, windows, loading]);
  const links = linksOf(finding, windows, datasourceUid);
  const hasAlerting = config.unifiedAlertingEnabled && silences.value !== undefined;
  return (
    <div className={styles.detail}>
      <FindingFacts finding={finding} />
      {mutedBy && <MutedNote silence={mutedBy} onEnded={silences.retry} />}
      <Stack wrap="wrap">
        <LinkButton size="sm" icon="book" variant="secondary" href={locationUtil.assureBaseUrl(links.runbook)}>
          {t('app.regressions.runbook', 'Open runbook')}
        </LinkButton>
        <LinkButton size="sm" icon="exchange-alt" variant="secondary" href={locationUtil.assureBaseUrl(links.compare)}>
          {t('app.regressions.compare', 'Compare both windows')}
        </LinkButton>
        {config.unifiedAlertingEnabled && (
          <Button
            size="sm"
            icon="bell"
            variant="secondary"
            disabled={whyNoRules() !== undefined}
            tooltip={whyNoRules()}
            onClick={() => take('watch')}
          >
            {t('app.regressions.alert-function', 'Create alert rule')}
          </Button>
        )}
        {!mutedBy && (
          <Button
            size="sm"
            icon="bell-slash"
            variant="secondary"
            disabled={!hasAlerting || whyNoSilences() !== undefined}
            tooltip={hasAlerting ? whyNoSilences() : whyNoMute(silences)}
            onClick={() => take('mute')}
          >
            {t('app.regressions.mute.open', 'Mute')}
          </Button>
        )}
      </Stack>
      <div className={styles.flame}>
        <diff.Component model={diff} />
      </div>
      {step === 'mute' && (
        <MuteForm
          finding={finding}
          onMuted={() => {
            take(undefined);
            silences.retry();
          }}
          onClose={() => take(undefined)}
        />
      )}
      {step === 'watch' && (
        <CreateRule question={shareOfFunction(finding, datasourceUid)} onClose={() => take(undefined)} />
      )}
    </div>
  );
}

function whyNoMute({ failure, loading }: Answer<unknown>): string {
  if (failure !== undefined) {
    return failure;
  }
  return loading
    ? t('app.regressions.mute.loading', 'Looking for silences…')
    : t(
        'app.regressions.mute.no-alerting',
        'Muting makes a silence of Grafana’s alerting, which is switched off here.'
      );
}

/** How far around the windows a deploy is looked for, in milliseconds. */
const AROUND = 24 * 3_600_000;

/** The label that tells versions apart, where a window is of one version; undefined where it is not needed or not known. */
function useVersionLabel(datasourceUid: string, { of, finding }: RankedFinding, begun: Begun) {
  const { service, profileTypeId } = finding;
  const comparison = of.comparison ?? begun.comparison;
  const baseline = of.baseline ?? begun.baseline;
  const isNeeded = comparison.version !== undefined || baseline.version !== undefined;
  const [start, end] = [Math.min(baseline.from, comparison.from) - AROUND, comparison.to];
  const ask = useCallback(
    () =>
      deploysOf({
        datasourceUid,
        profileTypeId,
        labelSelector: labelSelectorOf({ service, filters: '' }),
        span: { start, end },
      }),
    [datasourceUid, profileTypeId, service, start, end]
  );
  const { value, loading } = useAnswer(isNeeded ? ask : undefined);
  return { label: value?.at(-1)?.label, loading };
}

const getStyles = (theme: GrafanaTheme2) => ({
  detail: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1.5),
    padding: theme.spacing(1, 0, 2, 3),
    minWidth: 0,
  }),
  flame: css({ position: 'relative', height: 'max(460px, 55vh)' }),
});
