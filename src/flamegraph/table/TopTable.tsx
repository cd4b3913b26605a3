import { css, cx } from '@emotion/css';
import { useVirtualizer } from '@tanstack/react-virtual';
import React, { useMemo, useRef, useState } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Icon, useStyles2 } from '@grafana/ui';

import type { CallTree } from '../../engine/callTree';
import { topTable } from '../../engine/topTable';
import { total } from '../../engine/traverse';
import type { FormatValue } from '../FlameGraph';
import { shareText } from '../shareText';
import type { ChangeState, FlameGraphState } from '../state/flameGraphState';
import type { useSearch } from '../state/useSearch';

const ROW_HEIGHT = 28;
type Column = 'function' | 'self' | 'total';

export interface TopTableProps {
  readonly tree: CallTree;
  readonly formatValue: FormatValue;
  readonly state: FlameGraphState;
  readonly onStateChange: ChangeState;
  readonly search: ReturnType<typeof useSearch>;
}

export function TopTable({ tree, formatValue, onStateChange, search }: TopTableProps) {
  const styles = useStyles2(getStyles);
  const scroller = useRef<HTMLDivElement>(null);
  const [sort, setSort] = useState<{ column: Column; descending: boolean }>({ column: 'self', descending: true });
  const table = useMemo(() => topTable(tree), [tree]);
  const matches = search.result?.matches.labels;
  const rows = useMemo(() => {
    const order: number[] = [];
    for (let row = 0; row < table.size; row++) {
      if (!matches || matches[table.label[row]]) {
        order.push(row);
      }
    }
    const name = (row: number) => tree.labels[table.label[row]];
    const sign = sort.descending ? -1 : 1;
    const column = sort.column === 'self' ? table.self : table.total;
    return order.sort((a, b) =>
      sort.column === 'function' ? sign * name(a).localeCompare(name(b)) : sign * (column[a] - column[b])
    );
  }, [tree, table, matches, sort]);
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is compiled by the React Compiler
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
  });
  const shown = virtual.getVirtualItems();
  const above = shown[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (shown[shown.length - 1]?.end ?? 0);
  const whole = total(tree, 0);

  const header = (column: Column, label: string) => (
    <th
      scope="col"
      className={column === 'function' ? styles.name : styles.number}
      aria-sort={sort.column === column ? (sort.descending ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        className={styles.sort}
        onClick={() =>
          setSort({ column, descending: sort.column === column ? !sort.descending : column !== 'function' })
        }
      >
        {label}
        {sort.column === column && <Icon name={sort.descending ? 'arrow-down' : 'arrow-up'} size="sm" />}
      </button>
    </th>
  );

  return (
    <div ref={scroller} className={styles.scroller}>
      <table className={styles.table} aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {header('function', t('flamegraph.table.function', 'Function'))}
            {header('self', t('flamegraph.table.self', 'Self'))}
            {header('total', t('flamegraph.table.total', 'Total'))}
          </tr>
        </thead>
        <tbody>
          {above > 0 && <tr aria-hidden style={{ height: above }} />}
          {shown.map(({ index, key }) => {
            const row = rows[index];
            const name = tree.labels[table.label[row]];
            return (
              <tr key={key} aria-rowindex={index + 2} className={styles.row}>
                <th scope="row" className={cx(styles.name, styles.function)}>
                  <button
                    type="button"
                    className={styles.link}
                    title={name}
                    onClick={() => onStateChange({ search: { text: name, caseSensitive: true } })}
                  >
                    {name}
                  </button>
                </th>
                <td className={styles.number}>
                  {formatValue(table.self[row])} <small>{shareText(table.self[row] / whole)}</small>
                </td>
                <td className={styles.number}>
                  {formatValue(table.total[row])} <small>{shareText(table.total[row] / whole)}</small>
                </td>
              </tr>
            );
          })}
          {below > 0 && <tr aria-hidden style={{ height: below }} />}
        </tbody>
      </table>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  scroller: css({ flex: 1, overflow: 'auto', minHeight: 0 }),
  table: css({ width: '100%', tableLayout: 'fixed', fontSize: theme.typography.bodySmall.fontSize }),
  row: css({ height: ROW_HEIGHT, borderTop: `1px solid ${theme.colors.border.weak}` }),
  name: css({ textAlign: 'left', padding: theme.spacing(0, 1), overflow: 'hidden' }),
  function: css({ fontWeight: 'normal' }),
  number: css({
    width: 120,
    textAlign: 'right',
    padding: theme.spacing(0, 1),
    whiteSpace: 'nowrap',
    fontVariantNumeric: 'tabular-nums',
    small: { color: theme.colors.text.secondary },
  }),
  sort: css({
    all: 'unset',
    cursor: 'pointer',
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}` },
  }),
  link: css({
    all: 'unset',
    cursor: 'pointer',
    display: 'block',
    maxWidth: '100%',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}` },
  }),
});
