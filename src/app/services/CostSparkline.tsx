import React, { useMemo } from 'react';

import { FieldType, type FieldSparkline } from '@grafana/data';
import { t } from '@grafana/i18n';
import { GraphDrawStyle } from '@grafana/schema';
import { Sparkline, useTheme2 } from '@grafana/ui';

import { formatCost } from './formatCost';

interface Props {
  /** One a bucket; null where it is not known, which the line skips. */
  values: Array<number | null>;
  /** Ends of the buckets in milliseconds. */
  times: number[];
  unit: string;
  service: string;
}

const WIDTH = 180;
const HEIGHT = 32;

/** The cost of a service over time, without axes; its highest value is spoken. */
export function CostSparkline({ values, times, unit, service }: Props) {
  const theme = useTheme2();
  const highest = Math.max(0, ...values.map((value) => value ?? 0));
  const sparkline = useMemo((): FieldSparkline => {
    const config = { color: { mode: 'fixed', fixedColor: theme.colors.primary.main } };
    const range = { min: 0, max: highest, delta: highest };
    return {
      x: { name: 'time', type: FieldType.time, config: {}, values: times },
      y: { name: 'cost', type: FieldType.number, config, values, state: { range } },
    };
  }, [values, times, highest, theme]);
  const label = t('app.services.sparkline', 'Cost of {{service}} over time, at most {{highest}}', {
    service,
    highest: formatCost(highest, unit),
  });
  return (
    <div role="img" aria-label={label} title={label}>
      {times.length > 1 && (
        <Sparkline
          width={WIDTH}
          height={HEIGHT}
          sparkline={sparkline}
          config={{ custom: { drawStyle: GraphDrawStyle.Line, lineWidth: 1, fillOpacity: 15, spanNulls: true } }}
          theme={theme}
        />
      )}
    </div>
  );
}
