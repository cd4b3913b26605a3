import { css } from '@emotion/css';
import React from 'react';

import { dateTime, type GrafanaTheme2, type TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { InlineField, TimeRangeInput, useStyles2 } from '@grafana/ui';

import { type Span, spanOf } from '../../datasource/resources/span';
import { timeRangeOf } from '../flame/NarrowedTimeRange';

interface Props {
  /** What the part is for, e.g. 'Flame graph of'. */
  label: string;
  tooltip: string;
  part?: Span;
  timeZone: string;
  onChange: (part: Span | undefined) => void;
}

const NOTHING = dateTime(null);
const NO_PART: TimeRange = { from: NOTHING, to: NOTHING, raw: { from: NOTHING, to: NOTHING } };

/** A part of a range: brushed on the series, or set here with the keyboard. */
export function PartOfRange({ label, tooltip, part, timeZone, onChange }: Props) {
  const styles = useStyles2(getStyles);
  const narrow = (chosen: TimeRange) =>
    onChange(chosen.from.isValid() && chosen.from.isBefore(chosen.to) ? spanOf(chosen) : undefined);
  return (
    <div className={styles.part}>
      <InlineField label={label} tooltip={tooltip} transparent>
        <TimeRangeInput
          value={part ? timeRangeOf(part) : NO_PART}
          timeZone={timeZone}
          onChange={narrow}
          placeholder={t('app.series.whole-range', 'the whole range')}
          clearable
          hideQuickRanges
          showIcon
        />
      </InlineField>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  part: css({ minWidth: 0, '& > *': { marginBottom: 0 }, color: theme.colors.text.secondary }),
});
