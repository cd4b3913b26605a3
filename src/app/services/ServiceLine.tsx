import { css, cx } from '@emotion/css';
import React, { memo, type MouseEvent } from 'react';

import { type GrafanaTheme2, locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { locationService } from '@grafana/runtime';
import { Icon, Link, useStyles2 } from '@grafana/ui';

import { CostSparkline } from './CostSparkline';
import { FavouriteButton } from './FavouriteButton';
import { formatCost, formatShare } from './formatCost';
import { getRowStyles, ROW_HEIGHT } from './rowStyles';
import type { ServiceCosts } from './serviceCosts';
import type { ServiceLinks, ServiceRow } from './serviceRows';

interface Props {
  row: ServiceRow;
  /** From 0, in the list as it is sorted. */
  position: number;
  /** Pixels below the first row. */
  top: number;
  costs?: ServiceCosts;
  loading: boolean;
  /** Share of the costliest service shown, whose bar is full. */
  greatestShare: number;
  onFavourite: (service: string) => void;
  linksOf: (row: ServiceRow) => ServiceLinks;
}

/**
 * One service. Its name is a link, and a click anywhere in the row follows it. Rows that stay in view while the list
 * scrolls are not drawn anew.
 */
export const ServiceLine = memo(function ServiceLine(props: Props) {
  const { row, position, top, costs, loading, greatestShare, onFavourite, linksOf } = props;
  const { explore, compare } = linksOf(row);
  const styles = useStyles2(getStyles);
  const columns = useStyles2(getRowStyles);
  const { name, titles, measures, cost, share } = row;
  const compareLabel = t('app.services.compare', 'Compare {{service}} with the time before', {
    service: name,
    interpolation: { escapeValue: false },
  });
  const open = ({ target, metaKey, ctrlKey }: MouseEvent<HTMLElement>) => {
    const onControl = target instanceof Element && target.closest('a, button') !== null;
    const isSelecting = (window.getSelection()?.toString() ?? '') !== '';
    if (onControl || isSelecting) {
      return;
    }
    if (metaKey || ctrlKey) {
      window.open(locationUtil.assureBaseUrl(explore), '_blank', 'noopener');
    } else {
      locationService.push(explore);
    }
  };
  return (
    // The row is no control of its own: keyboard and screen reader have the link in it.
    <div
      role="row"
      aria-rowindex={position + 2}
      className={cx(columns.row, styles.row)}
      style={{ transform: `translateY(${top}px)` }}
      onClick={open}
    >
      <div role="cell" className={styles.first} title={name}>
        <FavouriteButton service={name} isFavourite={row.isFavourite} onToggle={onFavourite} />
        <Link href={locationUtil.assureBaseUrl(explore)} className={cx(columns.cell, styles.name)}>
          {name}
        </Link>
      </div>
      <div role="cell" className={cx(columns.cell, columns.wideOnly, styles.types)} title={titles.join('\n')}>
        {measures.join(' · ')}
      </div>
      <div role="cell" className={columns.wideOnly}>
        {cost && costs && <CostSparkline values={cost.values} unit={costs.unit} service={name} />}
      </div>
      <div
        role="cell"
        className={cx(columns.cell, columns.number)}
        title={
          cost || loading
            ? undefined
            : t('app.services.no-cost-why', 'Sent no profiles of the type that costs are measured by')
        }
      >
        {costText(row, costs, loading)}
      </div>
      <div role="cell" className={cx(columns.number, columns.notTiny, styles.share)}>
        {share !== undefined && (
          <>
            <span className={cx(styles.track, columns.wideOnly)} aria-hidden>
              <span className={styles.bar} style={{ width: `${(share / greatestShare) * 100}%` }} />
            </span>
            <span className={styles.percent}>{formatShare(share)}</span>
          </>
        )}
      </div>
      <div role="cell" className={columns.wideOnly}>
        <Link
          href={locationUtil.assureBaseUrl(compare)}
          className={styles.compare}
          aria-label={compareLabel}
          title={compareLabel}
        >
          <Icon name="exchange-alt" size="sm" />
        </Link>
      </div>
    </div>
  );
});

function costText({ cost }: ServiceRow, costs: ServiceCosts | undefined, loading: boolean): string {
  if (cost && costs) {
    return formatCost(cost.mean, costs.unit);
  }
  return loading ? '…' : t('app.services.no-cost', '–');
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({
    position: 'absolute',
    top: 0,
    left: 0,
    width: '100%',
    height: ROW_HEIGHT,
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    cursor: 'pointer',
    '&:hover': { background: theme.colors.action.hover },
    '&:focus-within': { background: theme.colors.action.hover },
  }),
  first: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(0.5), minWidth: 0 }),
  name: css({ color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' } }),
  types: css({ color: theme.colors.text.secondary }),
  share: css({ display: 'flex', alignItems: 'center', justifyContent: 'flex-end', gap: theme.spacing(1) }),
  track: css({
    flex: 1,
    height: theme.spacing(1),
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.secondary,
    overflow: 'hidden',
  }),
  bar: css({ display: 'block', height: '100%', background: theme.colors.primary.main }),
  compare: css({ color: theme.colors.text.secondary, '&:hover': { color: theme.colors.text.primary } }),
  percent: css({ minWidth: '6ch' }),
});
