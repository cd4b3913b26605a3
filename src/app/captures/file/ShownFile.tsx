import { css } from '@emotion/css';
import React, { useEffect, useMemo, useState } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import { Alert, Button, Combobox, Field, LoadingBar, RadioButtonGroup, useStyles2 } from '@grafana/ui';

import { RAW } from '../../../flamegraph/raw';
import type { ImportedFile, ProfilePart } from '../../../formats';
import { FrameChart } from '../../flame/FrameChart';

import type { Continuous } from './continuousProfile';
import { ContinuousPicker } from './ContinuousPicker';
import { ALL, CONTINUOUS, type FileChoice, namesOf } from './fileChoice';
import { KeepDialog } from './KeepDialog';
import { firstMeasure, measuresOf, type ShownMeasure } from './measures';
import { type Shown, useFlameFrame } from './useFlameFrame';

interface ReadFile {
  readonly id: number;
  readonly name: string;
  readonly file: ImportedFile;
}

interface Props {
  /** At least one. */
  files: readonly ReadFile[];
  choice: FileChoice;
  onChoose: (change: FileChoice) => void;
  datasourceUid: string;
}

/** A file says of its time nothing that could be relied on. */
const NO_SPAN = { start: 0, end: 0 };

/** Stands for an absent choice where a list needs a value. */
const NOTHING = '';

/** The flame graph of one opened file, of several together, or of one against another. */
export function ShownFile({ files, choice, onChoose, datasourceUid }: Props) {
  const styles = useStyles2(getStyles);
  const [chart] = useState(() => new FrameChart());
  const [isKeeping, setKeeping] = useState(false);
  const [continuous, setContinuous] = useState<Continuous>();
  const { against } = choice;

  const names = useMemo(() => namesOf(files), [files]);
  const byName = (name: string | undefined): ReadFile | undefined =>
    name === undefined ? undefined : files[names.indexOf(name)];
  const nameOfFile = (file: ReadFile) => names[files.indexOf(file)];
  const target =
    choice.profile === ALL && files.length > 1 ? undefined : (byName(choice.profile) ?? files[files.length - 1]);
  const all = useMemo(() => (target ? target.file.parts : files.flatMap(({ file }) => file.parts)), [target, files]);
  const measures = useMemo(() => measuresOf(all), [all]);
  const measure = useMemo(
    () => measures.find(({ key }) => key === choice.measure) ?? firstMeasure(all)!,
    [measures, all, choice.measure]
  );
  const part = choice.part === undefined ? undefined : measure.parts[Number(choice.part)];
  const found = byName(against);
  const other = found === target ? undefined : found;
  const baseline = useMemo(
    () => (against === CONTINUOUS ? continuous : other?.file.parts),
    [against, continuous, other]
  );
  // The address names the file too: after a reload another one might be opened last.
  const choose = (change: FileChoice) => onChoose({ profile: target ? nameOfFile(target) : ALL, ...change });
  const isSingle = part !== undefined || measure.parts.length === 1;
  const timed = isSingle ? (part ?? measure.parts[0]) : undefined;
  const inTime = choice.view === 'time' && timed?.timeline !== undefined && !baseline;
  const title = titleOf(target?.name, other?.name, continuous, against);
  const shown = useMemo<Shown>(
    () => ({ title, measure, parts: inTime ? [timed!] : part ? [part] : measure.parts, inTime, baseline }),
    [title, measure, part, timed, inTime, baseline]
  );
  const { frame, failure, loading } = useFlameFrame(shown);
  useEffect(() => {
    if (frame) {
      chart.show(frame.name ?? '', frame, NO_SPAN);
    }
  }, [chart, frame]);

  const others = files.filter(({ id, file }) => id !== target?.id && has(file, measure));
  return (
    <section className={styles.shown} aria-label={t('app.files.shown', 'Flame graph of the opened files')}>
      <div className={styles.toolbar}>
        {files.length > 1 && (
          <Choice
            name={t('app.files.profile', 'Profile')}
            value={target ? nameOfFile(target) : ALL}
            options={[
              ...names.map((value) => ({ value, label: value })),
              { value: ALL, label: t('app.files.merged-files', 'All files merged') },
            ]}
            onChange={(profile) => choose({ profile, part: undefined, against: undefined })}
          />
        )}
        {measures.length > 1 && (
          <Choice
            name={t('app.files.measure', 'Sample type')}
            value={measure.key}
            options={measures.map((each) => ({ value: each.key, label: wordsOf(each) }))}
            onChange={(key) => choose({ measure: key, part: undefined })}
          />
        )}
        {measure.parts.length > 1 && (
          <Choice
            name={t('app.files.part', 'Part')}
            value={part ? (choice.part ?? ALL) : ALL}
            options={[
              { value: ALL, label: t('app.files.all-parts', 'All together') },
              ...measure.parts.map((each, i) => ({ value: String(i), label: nameOf(each, i) })),
            ]}
            onChange={(number) => choose({ part: number === ALL ? undefined : number })}
          />
        )}
        {!measure.isDiff && (
          <Choice
            name={t('app.files.against', 'Compare with')}
            value={baseline || against === CONTINUOUS ? (against ?? NOTHING) : NOTHING}
            options={[
              { value: NOTHING, label: t('app.files.nothing', 'Nothing') },
              ...others.map((file) => ({ value: nameOfFile(file), label: nameOfFile(file) })),
              ...(datasourceUid === ''
                ? []
                : [{ value: CONTINUOUS, label: t('app.files.continuous', 'The continuous profile of a service') }]),
            ]}
            onChange={(chosen) => choose({ against: chosen === NOTHING ? undefined : chosen, view: undefined })}
          />
        )}
        {against === CONTINUOUS && (
          <ContinuousPicker
            datasourceUid={datasourceUid}
            unit={measure.unit}
            choice={choice}
            onChoose={choose}
            onChange={setContinuous}
          />
        )}
        {all.some(({ timeline }) => timeline) && !baseline && (
          <Field noMargin label={t('app.files.view', 'View')}>
            <RadioButtonGroup
              value={inTime ? ('time' as const) : ('merged' as const)}
              options={[
                { value: 'merged', label: t('app.files.view-merged', 'Merged') },
                { value: 'time', label: t('app.files.view-time', 'In order of time') },
              ]}
              onChange={(view) =>
                choose({
                  view: view === 'time' ? view : undefined,
                  part: view === 'time' && !isSingle ? longestOf(measure) : choice.part,
                })
              }
            />
          </Field>
        )}
        {datasourceUid !== '' && (
          <Button variant="secondary" icon="save" onClick={() => setKeeping(true)}>
            <Trans i18nKey="app.files.keep">Send to the profile server…</Trans>
          </Button>
        )}
      </div>
      {failure !== undefined && !loading && (
        <Alert severity="error" title={t('app.files.not-shown', 'The profile cannot be shown')}>
          {failure}
        </Alert>
      )}
      <div className={styles.chart} aria-busy={loading}>
        {loading && <LoadingBar width={200} ariaLabel={t('app.files.drawing', 'Working out the flame graph')} />}
        <chart.Component model={chart} />
      </div>
      {isKeeping && (
        <KeepDialog parts={part ? [part] : all} datasourceUid={datasourceUid} onClose={() => setKeeping(false)} />
      )}
    </section>
  );
}

interface ChoiceProps {
  name: string;
  value: string;
  options: Array<{ value: string; label: string }>;
  onChange: (value: string) => void;
}

function Choice({ name, value, options, onChange }: ChoiceProps) {
  const styles = useStyles2(getStyles);
  const id = React.useId();
  return (
    <Field noMargin label={name} htmlFor={id} className={styles.choice}>
      <Combobox id={id} value={value} options={options} onChange={(chosen) => onChange(chosen.value)} />
    </Field>
  );
}

function has({ parts }: ImportedFile, { key }: ShownMeasure): boolean {
  return measuresOf(parts).some((each) => each.key === key);
}

function nameOf({ name }: ProfilePart, index: number): string {
  return name || t('app.files.part-number', 'Part {{number}}', { number: index + 1 });
}

function wordsOf({ type, unit, isDiff }: ShownMeasure): string {
  return isDiff ? t('app.files.difference', '{{type}}: the difference', { type, ...RAW }) : `${type} (${unit})`;
}

/** Time is laid out for one thread; the one with the most samples says the most. */
function longestOf({ parts }: ShownMeasure): string {
  const lengths = parts.map(({ profile, timeline }) => (timeline ? profile.sampleStack.length : -1));
  return String(lengths.indexOf(Math.max(...lengths)));
}

function titleOf(
  name: string | undefined,
  other: string | undefined,
  continuous: Continuous | undefined,
  against: string | undefined
) {
  const shown = name ?? t('app.files.merged-files', 'All files merged');
  const left = against === CONTINUOUS ? continuous?.service : other;
  return left === undefined ? shown : t('app.files.compared', '{{shown}} against {{left}}', { shown, left, ...RAW });
}

const getStyles = (theme: GrafanaTheme2) => ({
  shown: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1.5), minWidth: 0 }),
  toolbar: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: theme.spacing(1.5) }),
  choice: css({ minWidth: theme.spacing(24), maxWidth: theme.spacing(48) }),
  chart: css({ position: 'relative', height: 'max(520px, calc(100vh - 320px))' }),
});
