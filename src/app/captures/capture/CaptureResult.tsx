import { css } from '@emotion/css';
import React, { useId } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import { Alert, Button, Combobox, Field, LoadingPlaceholder, useStyles2 } from '@grafana/ui';

import { describeProfileType } from '../../../datasource/profileTypes/wording';
import type { FrameChart } from '../../flame/FrameChart';

import { type CapturedProfile, type ComparableProfile, sameType } from './capturedProfile';
import { downloadCapture } from './downloadCapture';
import { NoSamples } from './NoSamples';
import { PROFILE_KINDS } from './profileKinds';
import { useShownColumns } from './useShownColumns';

interface Props {
  chart: FrameChart;
  /** What is looked at: of this session, or of the server. */
  captured?: CapturedProfile;
  profile?: ComparableProfile;
  type: number;
  onType: (type: number) => void;
  others: ComparableProfile[];
  baselineId?: string;
  onBaseline: (id: string | undefined) => void;
  onKeep: () => void;
}

const NOTHING = '';

/** One capture: what is measured, what it is held against, its flame graph, and what becomes of it. */
export function CaptureResult({
  chart,
  captured,
  profile,
  type,
  onType,
  others,
  baselineId,
  onBaseline,
  onKeep,
}: Props) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const comparable = profile ? others.filter((one) => one.id !== profile.id && sameType(profile, type, one) >= 0) : [];
  const baseline = comparable.find((one) => one.id === baselineId);
  const at = captured?.at ?? 0;
  const { isLoading, failure, isEmpty } = useShownColumns(chart, {
    profile,
    type,
    baseline,
    span: { start: at, end: at },
  });
  const kind = captured && PROFILE_KINDS[captured.name];
  const isTotal =
    captured && kind?.cumulative && !captured.isDelta && profile && !profile.sampleTypes[type].type.startsWith('inuse');
  return (
    <section className={styles.result} aria-label={t('app.captures.result', 'Result')}>
      <div className={styles.bar}>
        {profile && (
          <>
            <Field
              label={t('app.captures.measure', 'Measured')}
              htmlFor={`${id}-type`}
              className={styles.type}
              noMargin
            >
              <Combobox
                id={`${id}-type`}
                options={profile.sampleTypes.map((one, value) => ({ value, label: describeSampleType(captured, one) }))}
                value={type}
                onChange={({ value }) => onType(value)}
              />
            </Field>
            <Field
              label={t('app.captures.compare-with', 'Compare with')}
              htmlFor={`${id}-baseline`}
              className={styles.baseline}
              noMargin
            >
              <Combobox
                id={`${id}-baseline`}
                options={[
                  { value: NOTHING, label: t('app.captures.compare-nothing', 'Nothing') },
                  ...comparable.map((one) => ({ value: one.id, label: one.title })),
                ]}
                value={baseline?.id ?? NOTHING}
                onChange={({ value }) => onBaseline(value === NOTHING ? undefined : value)}
              />
            </Field>
          </>
        )}
        {captured && (
          <Button variant="secondary" icon="download-alt" onClick={() => downloadCapture(captured)}>
            {t('app.captures.download', 'Download')}
          </Button>
        )}
        {captured && kind?.storedAs !== undefined && profile && (
          <Button variant="secondary" icon="save" onClick={onKeep}>
            {t('app.captures.keep', 'Keep')}
          </Button>
        )}
      </div>
      {kind?.downloadOnly && (
        <Alert
          severity="info"
          title={t('app.captures.trace-title', 'An execution trace is looked at with Go’s own tool')}
        >
          <Trans i18nKey="app.captures.trace-how">
            Download it, then run “go tool trace FILE”; it opens a browser with the scheduler’s view, goroutines and
            blocking. gotraceui reads it too.
          </Trans>
        </Alert>
      )}
      {captured?.notices.map((notice) => (
        <Alert key={notice} severity="info" title={notice} />
      ))}
      {isTotal && (
        <div className={styles.note}>
          {t(
            'app.captures.since-start',
            'These are totals since the program began. Capture “What was added” to see what happens now.'
          )}
        </div>
      )}
      {failure !== undefined && (
        <Alert severity="error" title={t('app.captures.not-shown', 'The flame graph could not be drawn')}>
          {failure}
        </Alert>
      )}
      {(isEmpty || captured?.isEmpty) && (
        <NoSamples name={captured?.name} sampleType={profile?.sampleTypes[type].type} />
      )}
      {isLoading && <LoadingPlaceholder text={t('app.captures.loading', 'Loading the profile…')} />}
      {profile && !isEmpty && failure === undefined && (
        <div className={styles.chart} hidden={isLoading}>
          <chart.Component model={chart} />
        </div>
      )}
    </section>
  );
}

function describeSampleType(captured: CapturedProfile | undefined, { type, unit }: { type: string; unit: string }) {
  const { title, known } = describeProfileType(
    `${captured ? PROFILE_KINDS[captured.name].storedAs : ''}:${type}:${unit}::`
  );
  return known ? title : `${type} (${unit})`;
}

const getStyles = (theme: GrafanaTheme2) => ({
  result: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1), minWidth: 0 }),
  bar: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1, 2), alignItems: 'flex-end' }),
  type: css({ flex: '0 1 240px', minWidth: 0 }),
  baseline: css({ flex: '1 1 280px', maxWidth: 480, minWidth: 0 }),
  note: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  chart: css({ position: 'relative', height: 'max(520px, calc(100vh - 420px))' }),
});
