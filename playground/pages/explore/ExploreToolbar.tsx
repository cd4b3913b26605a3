import React from 'react';

import { dateTime, type RawTimeRange, type TimeRange } from '@grafana/data';
import { DataSourcePicker } from '@grafana/runtime';
import { RefreshPicker, Stack, Text, TimeRangePicker } from '@grafana/ui';

interface Props {
  datasource?: string;
  range: TimeRange;
  isLoading: boolean;
  onChangeDatasource: (uid: string) => void;
  onChangeRange: (range: RawTimeRange) => void;
  onRun: () => void;
  onCancel: () => void;
}

/** Datasource, time range and run. */
export function ExploreToolbar({ datasource, range, isLoading, onRun, onCancel, ...props }: Props) {
  const [from, to] = [range.from.valueOf(), range.to.valueOf()];
  const half = (to - from) / 2;
  const move = (start: number, end: number) => props.onChangeRange({ from: dateTime(start), to: dateTime(end) });
  return (
    <Stack justifyContent="space-between" wrap="wrap">
      <Stack alignItems="center">
        <Text element="h1" variant="h4">
          Explore
        </Text>
        <DataSourcePicker current={datasource ?? null} metrics onChange={({ uid }) => props.onChangeDatasource(uid)} />
      </Stack>
      <Stack>
        <TimeRangePicker
          value={range}
          onChange={({ raw }) => props.onChangeRange(raw)}
          onChangeTimeZone={() => {}}
          onMoveBackward={() => move(from - half, to - half)}
          onMoveForward={() => move(from + half, to + half)}
          onZoom={() => move(from - half, to + half)}
        />
        <RefreshPicker
          value=""
          text={isLoading ? 'Cancel' : 'Run query'}
          isLoading={isLoading}
          noIntervalPicker
          primary
          onRefresh={isLoading ? onCancel : onRun}
          onIntervalChanged={() => {}}
        />
      </Stack>
    </Stack>
  );
}
