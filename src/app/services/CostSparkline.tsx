import { css } from '@emotion/css';
import React, { useMemo } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';

import { formatCost } from './formatCost';
import { sparklinePath } from './sparklinePath';

interface Props {
  /** One a bucket; null where it is not known. */
  values: Array<number | null>;
  unit: string;
  service: string;
}

const WIDTH = 180;
const HEIGHT = 30;

/**
 * The cost of a service over time, without axes; its highest value is spoken. One path of SVG: charts of Grafana take
 * tens of milliseconds each to build, which scrolling through hundreds of services has not.
 */
export function CostSparkline({ values, unit, service }: Props) {
  const styles = useStyles2(getStyles);
  const { line, area, highest } = useMemo(() => sparklinePath(values, WIDTH, HEIGHT), [values]);
  const label = t('app.services.sparkline', 'Cost of {{service}} over time, at most {{highest}}', {
    service,
    highest: formatCost(highest, unit),
    interpolation: { escapeValue: false },
  });
  return (
    <svg width={WIDTH} height={HEIGHT} role="img" aria-label={label} className={styles.chart}>
      <title>{label}</title>
      <path d={area} className={styles.area} />
      <path d={line} className={styles.line} />
    </svg>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  chart: css({ display: 'block' }),
  line: css({ fill: 'none', stroke: theme.colors.primary.main, strokeLinejoin: 'round' }),
  area: css({ fill: theme.colors.primary.transparent }),
});
