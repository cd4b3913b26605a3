import React from 'react';

import { getDisplayProcessor, getFieldDisplayName, type PanelProps, reduceField } from '@grafana/data';
import { PanelDataErrorView } from '@grafana/runtime';
import { BigValue, BigValueColorMode, BigValueGraphMode, Stack, useTheme2 } from '@grafana/ui';

interface Options {
  reduceOptions?: { calcs?: string[] };
}

/** Stand-in of core's stat panel: one big number a numeric field, reduced as the options say. */
export function StatPanel({ id, data, options, width, height, timeZone }: PanelProps<Options>) {
  const theme = useTheme2();
  const calculation = options.reduceOptions?.calcs?.[0] ?? 'lastNotNull';
  const numbers = data.series.flatMap((frame) =>
    frame.fields.filter((field) => field.type === 'number').map((field) => ({ frame, field }))
  );
  if (numbers.length === 0) {
    return <PanelDataErrorView panelId={id} data={data} needsNumberField />;
  }
  return (
    <Stack direction="row" gap={1} wrap="wrap">
      {numbers.map(({ frame, field }, at) => {
        const display = field.display ?? getDisplayProcessor({ field, theme, timeZone });
        const value = display(reduceField({ field, reducers: [calculation] })[calculation]);
        return (
          <BigValue
            key={at}
            theme={theme}
            width={Math.max(60, width / numbers.length - theme.spacing.gridSize)}
            height={height}
            colorMode={BigValueColorMode.Value}
            graphMode={BigValueGraphMode.None}
            value={{ ...value, title: getFieldDisplayName(field, frame, data.series) }}
          />
        );
      })}
    </Stack>
  );
}
