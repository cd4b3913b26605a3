import React, { useId } from 'react';

import { t } from '@grafana/i18n';
import { EditorField } from '@grafana/plugin-ui';
import { IconButton, RadioButtonGroup, Stack } from '@grafana/ui';

import type { DraftTime } from '../../flameql/draft';
import { formatDuration, parseDuration } from '../../flameql/syntax/duration';
import { formatInstant, isBefore, parseInstant } from '../../flameql/syntax/instant';
import { hasVariable } from '../../flameql/syntax/words';
import { CheckedInput } from './CheckedInput';

interface Props {
  time: DraftTime;
  /** Undefined takes the operand's own time away. */
  onChange: (time: DraftTime | undefined) => void;
  /** The baseline's offset is counted from the query's range. */
  ofBaseline?: boolean;
}

const FIRST_OFFSET = '1h';
const FIRST_RANGE = { from: 'now-2h', to: 'now-1h' };

/** An operand's own time: moved back, or a range. */
export function TimeField({ time, onChange, ofBaseline }: Props) {
  const id = useId();
  const isOffset = 'offset' in time;
  return (
    <EditorField label={t('datasource.time.label', 'Time')}>
      <Stack gap={0.5} alignItems="center" wrap="wrap">
        <RadioButtonGroup<'offset' | 'range'>
          aria-label={t('datasource.time.kind', 'Kind of time')}
          options={[
            { value: 'offset', label: t('datasource.time.offset', 'Earlier by') },
            { value: 'range', label: t('datasource.time.range', 'Range') },
          ]}
          value={isOffset ? 'offset' : 'range'}
          onChange={(kind) => onChange(kind === 'offset' ? { offset: FIRST_OFFSET } : FIRST_RANGE)}
        />
        {isOffset ? (
          <CheckedInput
            id={`${id}-offset`}
            aria-label={
              ofBaseline
                ? t('datasource.time.offset-of-baseline', 'How much earlier than the query')
                : t('datasource.time.offset-of-query', 'How much earlier than the chosen range')
            }
            width={12}
            value={time.offset}
            check={readOffset}
            fault={t('datasource.time.offset-fault', 'Write a duration such as 30m, 1h or 1d12h.')}
            onCommit={(offset) => onChange({ offset })}
          />
        ) : (
          <>
            <CheckedInput
              id={`${id}-from`}
              aria-label={t('datasource.time.from', 'From')}
              width={26}
              value={time.from}
              check={(text) => readStart(text, time.to)}
              fault={instantFault()}
              onCommit={(from) => onChange({ ...time, from })}
            />
            <CheckedInput
              id={`${id}-to`}
              aria-label={t('datasource.time.to', 'To')}
              width={26}
              value={time.to}
              check={(text) => readEnd(text, time.from)}
              fault={instantFault()}
              onCommit={(to) => onChange({ ...time, to })}
            />
          </>
        )}
        <IconButton
          name="times"
          tooltip={t('datasource.time.remove', 'Use the chosen range')}
          onClick={() => onChange(undefined)}
        />
      </Stack>
    </EditorField>
  );
}

function instantFault() {
  return t(
    'datasource.time.instant-fault',
    'Write 2026-01-31T12:00:00Z, a Unix time in seconds or now-30m; from before to.'
  );
}

/** In the form in which a text holds it; undefined for what is none. Variables are taken as they are. */
function readOffset(text: string): string | undefined {
  const ms = parseDuration(text);
  return ms === undefined ? variableIn(text) : formatDuration(ms);
}

function readStart(text: string, to: string): string | undefined {
  const [start, end] = [parseInstant(text), parseInstant(to)];
  return start ? (!end || isBefore(start, end) ? formatInstant(start) : undefined) : variableIn(text);
}

function readEnd(text: string, from: string): string | undefined {
  const [start, end] = [parseInstant(from), parseInstant(text)];
  return end ? (!start || isBefore(start, end) ? formatInstant(end) : undefined) : variableIn(text);
}

function variableIn(text: string): string | undefined {
  return hasVariable(text) && !/\s/.test(text) ? text : undefined;
}
