import { css, cx } from '@emotion/css';
import React from 'react';

import { dateTimeFormat, dateTimeFormatTimeAgo, type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Badge, Icon, useStyles2 } from '@grafana/ui';

import { RAW } from '../../flamegraph/raw';
import { formatShare } from '../services/formatCost';

import { CourseSparkline } from './CourseSparkline';
import { confidenceText, costText, kindText, ratioText, STATUS_COLOURS, statusText } from './findingWords';
import { FunctionName } from './FunctionName';
import type { RankedFinding } from './rankedFindings';

interface Props {
  ranked: RankedFinding;
  isOpen: boolean;
  onToggle: () => void;
}

/** A finding in a line; its name opens the details below. */
export function FindingRow({ ranked: { finding, of, mutedBy }, isOpen, onToggle }: Props) {
  const styles = useStyles2(getStyles);
  const { kind, status, baseline, comparison, q, since, version } = finding;
  return (
    <div className={cx(styles.row, mutedBy && styles.muted)}>
      <button
        type="button"
        className={styles.name}
        aria-label={finding.function}
        aria-expanded={isOpen}
        onClick={onToggle}
      >
        <Icon name={isOpen ? 'angle-down' : 'angle-right'} />
        <span className={styles.text}>
          <FunctionName name={finding.function} />
        </span>
      </button>
      <div className={styles.badges}>
        <Badge color={STATUS_COLOURS[status]} text={statusText(status)} />
        <Badge
          color={kind === 'grew' || kind === 'new' || kind === 'leak' ? 'orange' : 'darkgrey'}
          text={kindText(kind)}
        />
        {mutedBy && <Badge color="darkgrey" icon="bell-slash" text={t('app.regressions.muted', 'Muted')} />}
      </div>
      <div className={styles.chart}>
        <CourseSparkline finding={finding} deploys={of.deploys} />
      </div>
      <div className={styles.numbers}>
        <strong>{costText(finding)}</strong>
        <div className={styles.secondary}>
          {t('app.regressions.shares', '{{before}} → {{now}}, {{ratio}}', {
            before: formatShare(baseline),
            now: formatShare(comparison),
            ratio: ratioText(finding),
            ...RAW,
          })}
        </div>
      </div>
      <div className={styles.when}>
        <span title={dateTimeFormat(since)}>{dateTimeFormatTimeAgo(since)}</span>
        <div className={styles.secondary} title={t('app.regressions.q', 'q = {{q}}', { q: q.toPrecision(2), ...RAW })}>
          {[confidenceText(finding), version].filter(Boolean).join(' · ')}
        </div>
      </div>
    </div>
  );
}

/** Below this width of the list a finding takes two lines. */
const NARROW = '@container (max-width: 900px)';

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto 160px 200px 150px',
    alignItems: 'center',
    columnGap: theme.spacing(2),
    rowGap: theme.spacing(0.5),
    padding: theme.spacing(1, 0.5),
    [NARROW]: { gridTemplateColumns: 'repeat(auto-fit, minmax(150px, 1fr))' },
  }),
  muted: css({ opacity: 0.75 }),
  name: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    minWidth: 0,
    padding: theme.spacing(0.5),
    textAlign: 'left',
    background: 'none',
    border: 'none',
    color: theme.colors.text.link,
    '&:hover': { textDecoration: 'underline' },
    [NARROW]: { gridColumn: '1 / -1' },
  }),
  text: css({
    overflowWrap: 'anywhere',
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  badges: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5) }),
  chart: css({ minWidth: 0 }),
  numbers: css({ fontVariantNumeric: 'tabular-nums' }),
  when: css({ minWidth: 0 }),
  secondary: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
});
