import { css, cx } from '@emotion/css';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import React, { useMemo, useRef } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useChromeHeaderHeight } from '@grafana/runtime';
import { useStyles2 } from '@grafana/ui';

import { getRowStyles, ROW_HEIGHT } from './rowStyles';
import { ServiceLine } from './ServiceLine';
import type { ServiceCosts } from './serviceCosts';
import type { Order, ServiceLinks, ServiceRow } from './serviceRows';
import { SortableHead } from './SortableHead';
import { useDocumentTop } from './useDocumentTop';

interface Props {
  rows: ServiceRow[];
  costs?: ServiceCosts;
  /** Costs are on their way and none were known before. */
  costsLoading: boolean;
  order: Order;
  onSort: (order: Order) => void;
  /** Somebody clicked the star of a service. */
  onFavourite: (service: string) => void;
  linksOf: (row: ServiceRow) => ServiceLinks;
}

/** Rows in view beyond the window's edges, so that Tab finds the next one. */
const OVERSCAN = 10;

/** The table of services. It scrolls with the page; only the rows in view are drawn. */
export function ServiceList({ rows, costs, costsLoading, order, onSort, onFavourite, linksOf }: Props) {
  const styles = useStyles2(getStyles);
  const columns = useStyles2(getRowStyles);
  const headTop = useChromeHeaderHeight() ?? 0;
  const body = useRef<HTMLDivElement>(null);
  const offset = useDocumentTop(body);
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (i) => rows[i].name,
    overscan: OVERSCAN,
    scrollMargin: offset,
  });
  const greatestShare = useMemo(() => Math.max(0, ...rows.map(({ share = 0 }) => share)), [rows]);
  return (
    <div
      role="table"
      aria-label={t('app.services.table', 'Services')}
      aria-rowcount={rows.length + 1}
      className={columns.container}
    >
      <div role="rowgroup" className={styles.head} style={{ top: headTop }}>
        <div role="row" aria-rowindex={1} className={columns.row}>
          <SortableHead active={order === 'name'} direction="ascending" onSort={() => onSort('name')}>
            {t('app.services.column.service', 'Service')}
          </SortableHead>
          <div role="columnheader" className={columns.wideOnly}>
            {t('app.services.column.types', 'Profile types')}
          </div>
          <div role="columnheader" className={columns.wideOnly}>
            {t('app.services.column.over-time', 'Over time')}
          </div>
          <SortableHead
            active={order === 'cost'}
            direction="descending"
            onSort={() => onSort('cost')}
            className={columns.number}
          >
            {costs?.title === 'sampled CPU'
              ? t('app.services.column.sampled-cpu', 'Sampled CPU')
              : t('app.services.column.cost', 'Cost')}
          </SortableHead>
          <div role="columnheader" className={cx(columns.number, columns.notTiny)}>
            {t('app.services.column.share', 'Share')}
          </div>
          <div role="columnheader" className={columns.wideOnly}>
            {t('app.services.column.actions', 'Actions')}
          </div>
        </div>
      </div>
      <div role="rowgroup" ref={body} className={styles.body} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => (
          <ServiceLine
            key={key}
            row={rows[index]}
            position={index}
            top={start - offset}
            costs={costs}
            loading={costsLoading}
            greatestShare={greatestShare}
            onFavourite={onFavourite}
            linksOf={linksOf}
          />
        ))}
      </div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  head: css({
    position: 'sticky',
    zIndex: 1,
    background: theme.colors.background.primary,
    borderBottom: `1px solid ${theme.colors.border.medium}`,
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    lineHeight: theme.spacing(4),
  }),
  body: css({ position: 'relative', width: '100%' }),
});
