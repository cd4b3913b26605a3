import React, { useMemo } from 'react';

import { FieldType, type FieldSparkline } from '@grafana/data';
import { t } from '@grafana/i18n';
import { GraphDrawStyle } from '@grafana/schema';
import { Sparkline, useTheme2 } from '@grafana/ui';

import { formatCost } from './formatCost';

interface Props {
  /** One a bucket; null where there was no profile, which is drawn as nothing. */
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
  const sparkline = useMemo((): FieldSparkline => {
    const config = { color: { mode: 'fixed', fixedColor: theme.colors.primary.main }, min: 0 };
    return {
      x: { name: 'time', type: FieldType.time, config: {}, values: times },
      y: { name: 'cost', type: FieldType.number, config, values },
    };
  }, [values, times, theme]);
  const highest = formatCost(Math.max(...values.map((value) => value ?? 0)), unit);
  const label = t('app.services.sparkline', 'Cost of {{service}} over time, at most {{highest}}', { service, highest });
  return (
    <div role="img" aria-label={label} title={label}>
      {times.length > 1 && (
        <Sparkline
          width={WIDTH}
          height={HEIGHT}
          sparkline={sparkline}
          config={{ custom: { drawStyle: GraphDrawStyle.Line, lineWidth: 1, fillOpacity: 15, spanNulls: false } }}
          theme={theme}
        />
      )}
    </div>
  );
}
