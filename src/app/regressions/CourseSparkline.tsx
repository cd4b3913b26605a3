import { css } from '@emotion/css';
import React, { useMemo } from 'react';

import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';

import { RAW } from '../../flamegraph/raw';
import { formatShare } from '../services/formatCost';

import { coursePicture } from './coursePicture';
import type { DeployMark, Finding } from './findings';

interface Props {
  finding: Finding;
  deploys: readonly DeployMark[];
  width?: number;
  height?: number;
}

/**
 * The function's share of the service's profile over both windows, the baseline pale, with deploys and the moment when
 * the new level began; all of it is spoken, too.
 */
export function CourseSparkline({ finding, deploys, width = 160, height = 32 }: Props) {
  const styles = useStyles2(getStyles);
  const picture = useMemo(() => coursePicture(finding, deploys, width, height), [finding, deploys, width, height]);
  const marks = picture.deploys.map(({ mark }) =>
    t('app.regressions.deploy-mark', '{{version}} came at {{moment}}', {
      version: mark.version,
      moment: dateTimeFormat(mark.at),
      ...RAW,
    })
  );
  const label = [
    t('app.regressions.course', 'Share of {{name}} over time, at most {{highest}}', {
      name: finding.function,
      highest: formatShare(picture.highest),
      ...RAW,
    }),
    ...marks,
  ].join('. ');
  return (
    <svg width={width} height={height} role="img" aria-label={label} className={styles.chart}>
      <title>{label}</title>
      <rect x={0} y={0} width={picture.border} height={height} className={styles.baselinePart} />
      <path d={picture.baseline} className={styles.baseline} />
      <path d={picture.comparison} className={styles.comparison} />
      {picture.since !== undefined && (
        <line x1={picture.since} x2={picture.since} y1={0} y2={height} className={styles.since} />
      )}
      {picture.deploys.map(({ x, mark }) => (
        <g key={mark.at} className={styles.deploy}>
          <line x1={x} x2={x} y1={0} y2={height} />
          <path d={`M${x - 3} 0h6l-3 5z`} />
        </g>
      ))}
    </svg>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  chart: css({ display: 'block', flexShrink: 0 }),
  baselinePart: css({ fill: theme.colors.border.weak }),
  baseline: css({ fill: 'none', stroke: theme.colors.text.secondary, strokeWidth: 1.5, strokeLinejoin: 'round' }),
  comparison: css({ fill: 'none', stroke: theme.colors.warning.text, strokeWidth: 1.5, strokeLinejoin: 'round' }),
  since: css({ stroke: theme.colors.text.primary, strokeDasharray: '2 2' }),
  deploy: css({ stroke: theme.colors.primary.text, path: { fill: theme.colors.primary.text, stroke: 'none' } }),
});
