import { css } from '@emotion/css';
import React from 'react';

import { dateTime, type GrafanaTheme2, type TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { sceneGraph } from '@grafana/scenes';
import { InlineField, TimeRangeInput, useStyles2 } from '@grafana/ui';

import { spanOf } from '../../datasource/resources/span';
import { timeRangeOf } from '../flame/NarrowedTimeRange';

import type { ProfileExploration } from './ProfileExploration';

const NOTHING = dateTime(null);
const NO_PART: TimeRange = { from: NOTHING, to: NOTHING, raw: { from: NOTHING, to: NOTHING } };

/** The part of the range that the flame graph shows: brushed on the series, or set here with the keyboard. */
export function PartOfRange({ model }: { model: ProfileExploration }) {
  const styles = useStyles2(getStyles);
  const { part } = model.useState();
  const timeZone = sceneGraph.getTimeRange(model).getTimeZone();
  const narrow = (chosen: TimeRange) =>
    model.narrow(chosen.from.isValid() && chosen.from.isBefore(chosen.to) ? spanOf(chosen) : undefined);
  return (
    <div className={styles.part}>
      <InlineField
        label={t('app.explore.part', 'Flame graph of')}
        tooltip={t(
          'app.explore.part-tooltip',
          'Drag over the series to look at a part of the range, or choose it here.'
        )}
        transparent
      >
        <TimeRangeInput
          value={part ? timeRangeOf(part) : NO_PART}
          timeZone={timeZone}
          onChange={narrow}
          placeholder={t('app.explore.whole-range', 'the whole range')}
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
