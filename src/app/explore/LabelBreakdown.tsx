import { css, cx } from '@emotion/css';
import React, { useMemo } from 'react';

import { type GrafanaTheme2, locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { sceneGraph } from '@grafana/scenes';
import { Icon, IconButton, Link, useStyles2 } from '@grafana/ui';

import { RAW } from '../../flamegraph/raw';
import { shareBar } from '../../flamegraph/table/shareBar';
import { compareUrl } from '../../links/appUrl';
import { labelSelectorOf } from '../selection/profileSelection';
import { formatCost, formatShare } from '../services/formatCost';

import { breakdownOf, type Part, withFilter } from './breakdown';
import type { ProfileExploration } from './ProfileExploration';

/** Below this width the names need the room of the shares. */
const NARROW = '@container (max-width: 400px)';

interface Props {
  model: ProfileExploration;
  datasourceUid: string;
}

/** What each value of the labels costs that split the series, and the ways on: only it, without it, it against the rest. */
export function LabelBreakdown({ model, datasourceUid }: Props) {
  const styles = useStyles2(getStyles);
  const { groupBy, series } = model.useState();
  const { data } = series.runner.useState();
  const breakdown = useMemo(() => breakdownOf(data?.series ?? [], groupBy), [data?.series, groupBy]);
  const labels = groupBy.join(' · ');
  return (
    <div className={styles.scroller}>
      <table
        className={styles.table}
        aria-label={t('app.explore.breakdown.table', 'Cost by {{labels}}', { labels, ...RAW })}
      >
        <thead>
          <tr>
            <th scope="col">{labels}</th>
            <th scope="col">{t('app.explore.breakdown.cost', 'Cost')}</th>
            <th scope="col" className={styles.wideOnly}>
              {t('app.explore.breakdown.share', 'Share')}
            </th>
            <th scope="col">{t('app.explore.breakdown.actions', 'Actions')}</th>
          </tr>
        </thead>
        <tbody>
          {breakdown?.parts.map((part) => (
            <tr key={part.name}>
              <th scope="row" title={part.name}>
                {part.name}
              </th>
              <td>{formatCost(part.mean, breakdown.unit)}</td>
              <td className={cx(styles.share, styles.wideOnly)}>
                <span className={styles.bar} style={{ width: `${part.share * 100}%` }} aria-hidden />
                <span className={styles.percent}>{formatShare(part.share)}</span>
              </td>
              <td>
                <PartActions model={model} datasourceUid={datasourceUid} part={part} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function PartActions({ model, datasourceUid, part }: Props & { part: Part }) {
  const styles = useStyles2(getStyles);
  const { service, profileTypeId, filters, groupBy, part: shown } = model.useState();
  const { from, to } = sceneGraph.getTimeRange(model).useState();
  const { name, matchers } = part;
  if (!matchers) {
    return null;
  }
  const named = { name, ...RAW };
  const selectorWith = (op: '=' | '!=') => labelSelectorOf({ service, filters: withFilter(filters, matchers, op) });
  const range = { from, to };
  const against = t('app.explore.breakdown.compare', 'Compare {{name}} with the rest', named);
  const compare = compareUrl({
    datasourceUid,
    profileTypeId,
    baseline: { selector: selectorWith('!='), range, part: shown },
    comparison: { selector: selectorWith('='), range, part: shown },
  });
  return (
    <span className={styles.buttons}>
      <IconButton
        name="filter"
        size="sm"
        tooltip={t('app.explore.breakdown.only', 'Only {{name}}', named)}
        onClick={() => model.select({ filters: withFilter(filters, matchers, '=') })}
      />
      {/* All but one of several values at once cannot be said by matchers. */}
      {groupBy.length === 1 && (
        <>
          <IconButton
            name="minus-circle"
            size="sm"
            tooltip={t('app.explore.breakdown.without', 'Without {{name}}', named)}
            onClick={() => model.select({ filters: withFilter(filters, matchers, '!=') })}
          />
          <Link href={locationUtil.assureBaseUrl(compare)} className={styles.link} aria-label={against} title={against}>
            <Icon name="exchange-alt" size="sm" />
          </Link>
        </>
      )}
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  scroller: css({
    containerType: 'inline-size',
    flex: 1,
    overflow: 'auto',
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.primary,
  }),
  table: css({
    width: '100%',
    tableLayout: 'fixed',
    fontSize: theme.typography.bodySmall.fontSize,
    'th, td': {
      padding: theme.spacing(0.5, 1),
      textAlign: 'right',
      fontWeight: theme.typography.fontWeightRegular,
      fontVariantNumeric: 'tabular-nums',
      whiteSpace: 'nowrap',
    },
    'thead th': {
      position: 'sticky',
      top: 0,
      zIndex: 1,
      color: theme.colors.text.secondary,
      background: theme.colors.background.primary,
      boxShadow: `inset 0 -1px 0 ${theme.colors.border.weak}`,
      width: 84,
    },
    'tbody tr:hover': { background: theme.colors.action.hover },
    'thead th:first-of-type': { width: 'auto' },
    // Costs: '0.000375 cores'.
    'thead th:nth-of-type(2)': { width: 118 },
    // The names; numbers are on the right.
    'th:first-of-type': { textAlign: 'left', overflow: 'hidden', textOverflow: 'ellipsis' },
  }),
  share: css({ position: 'relative' }),
  wideOnly: css({ [NARROW]: { display: 'none' } }),
  bar: shareBar(theme),
  percent: css({ position: 'relative' }),
  buttons: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(0.5) }),
  link: css({ color: theme.colors.text.secondary, '&:hover': { color: theme.colors.text.primary } }),
});
