import { css } from '@emotion/css';
import { useVirtualizer } from '@tanstack/react-virtual';
import React, { useCallback, useMemo, useRef } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { RadioButtonGroup, useStyles2, useTheme2 } from '@grafana/ui';

import { functionChanges } from '../../engine/functionChanges';
import { topTable } from '../../engine/topTable';
import { labelColours } from '../colour/labelColours';
import { useFlameGraph } from '../context';
import type { PagePoint } from '../graph/Graph';
import { CHANGES, type Change, type TableColumn } from '../state/flameGraphState';
import { changeOptions } from '../state/options';
import { searchTree } from '../state/useSearch';
import { useSize } from '../state/useSize';

import { availableColumns, columnsThatFit, columnWidth, describeColumn, TIGHT_TABLE } from './columns';
import { FunctionRow, ROW_HEIGHT } from './FunctionRow';
import { HeaderCell } from './HeaderCell';
import { tableRows } from './rows';

export interface FunctionTableProps {
  /** Columns that the host allows; those that the profile does not have are left out. */
  readonly columns: readonly TableColumn[];
  onFocus(name: string): void;
  onMenu(name: string, at: PagePoint): void;
}

/** What every function costs; only the rows in sight are in the page. */
export function FunctionTable({ columns: wanted, onFocus, onMenu }: FunctionTableProps) {
  const styles = useStyles2(getStyles);
  const { isDark } = useTheme2();
  const { shape, scale, state, change, search } = useFlameGraph();
  const { profile } = shape;
  const { sort, change: shownChange, widths } = state.table;
  const { measure } = state.diff;
  const scroller = useRef<HTMLDivElement>(null);
  const size = useSize(scroller);
  const isDiff = profile.diff !== undefined;

  const table = useMemo(() => topTable(profile), [profile]);
  const { remainders } = scale;
  const kinds = useMemo(
    () => (isDiff ? functionChanges(profile, table, remainders ?? new Uint32Array()) : undefined),
    [isDiff, profile, table, remainders]
  );
  const matches = searchTree(profile, search)?.matches.labels;
  const rows = useMemo(
    () => tableRows({ tree: profile, table, matches, sort, measure, change: shownChange, kinds }),
    [profile, table, matches, sort, measure, shownChange, kinds]
  );
  const isTight = size.width > 0 && size.width < TIGHT_TABLE;
  const widthOf = (id: TableColumn) => widths[id] ?? columnWidth(id, isTight, sort.column === id);
  const described = useMemo(
    () =>
      availableColumns(isDiff)
        .filter((id) => wanted.includes(id))
        .map((id) => describeColumn(id, table, scale, measure, kinds)),
    [isDiff, wanted, table, scale, measure, kinds]
  );
  const fitting = columnsThatFit(
    described.map(({ id }) => id),
    // Who set a width by hand wants the columns as they are.
    size.width > 0 && Object.keys(widths).length === 0 ? size.width : Infinity,
    widthOf,
    sort.column
  ).join();
  // Rows are drawn anew only for other columns.
  const columns = useMemo(() => described.filter(({ id }) => fitting.split(',').includes(id)), [described, fitting]);
  const colours = useMemo(() => labelColours(profile, state.colours, isDark), [profile, state.colours, isDark]);

  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is compiled by the React Compiler
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  });
  const shown = virtual.getVirtualItems();
  const above = shown[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (shown[shown.length - 1]?.end ?? 0);

  const changeTable = (part: Partial<typeof state.table>) => change({ table: { ...state.table, ...part } });
  const sortBy = (column: TableColumn | 'function') =>
    changeTable({
      sort: { column, descending: sort.column === column ? !sort.descending : column !== 'function' },
    });
  const sorted = (column: TableColumn | 'function') =>
    sort.column === column ? (sort.descending ? 'descending' : 'ascending') : undefined;
  const searched = state.search.text;
  const onSearch = useCallback(
    (name: string) => change({ search: name === searched ? { text: '' } : { text: name, caseSensitive: true } }),
    [change, searched]
  );

  // The first click of a double-click narrows the table to that function, which moves its row away from under the
  // pointer: what is meant is the function of the first click, with the search as it was before.
  const pressed = useRef<{ name: string; search: typeof state.search }>();
  const { search: query } = state;
  const onPress = useCallback((name: string) => (pressed.current = { name, search: query }), [query]);
  const focusPressed = () => {
    if (pressed.current) {
      change({ search: pressed.current.search });
      onFocus(pressed.current.name);
    }
  };

  return (
    <div className={styles.pane}>
      {isDiff && (
        <RadioButtonGroup
          size="sm"
          aria-label={t('flamegraph.table.changes', 'Functions to show')}
          options={changeOptions()}
          value={CHANGES.includes(shownChange) ? shownChange : 'all'}
          onChange={(wantedChange: Change) => changeTable({ change: wantedChange })}
        />
      )}
      <div
        ref={scroller}
        className={styles.scroller}
        onClickCapture={({ detail }) => {
          if (detail <= 1) {
            pressed.current = undefined;
          }
        }}
        onDoubleClick={focusPressed}
      >
        <table
          className={styles.table}
          aria-label={t('flamegraph.table.label', 'Functions')}
          aria-rowcount={rows.length + 1}
        >
          <colgroup>
            <col />
            {columns.map(({ id }) => (
              <col key={id} style={{ width: widthOf(id) }} />
            ))}
          </colgroup>
          <thead>
            <tr aria-rowindex={1}>
              <HeaderCell
                title={t('flamegraph.table.function', 'Function')}
                sorted={sorted('function')}
                onSort={() => sortBy('function')}
              />
              {columns.map(({ id, title }) => (
                <HeaderCell
                  key={id}
                  title={title}
                  sorted={sorted(id)}
                  onSort={() => sortBy(id)}
                  width={widthOf(id)}
                  onResize={(width) => changeTable({ widths: { ...widths, [id]: width } })}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {above > 0 && <Gap height={above} />}
            {shown.map(({ index }) => {
              const row = rows[index];
              const name = profile.labels[table.label[row]];
              return (
                <FunctionRow
                  key={table.label[row]}
                  name={name}
                  row={row}
                  position={index + 2}
                  columns={columns}
                  isTight={isTight}
                  colour={colours(table.label[row])}
                  isSearched={name === searched}
                  onSearch={onSearch}
                  onPress={onPress}
                  onMenu={onMenu}
                />
              );
            })}
            {below > 0 && <Gap height={below} />}
          </tbody>
        </table>
        {rows.length === 0 && (
          <p className={styles.empty}>
            {t('flamegraph.table.empty', 'No function matches the search and the filters.')}
          </p>
        )}
      </div>
    </div>
  );
}

/** Stands for the rows that are out of sight. */
function Gap({ height }: { height: number }) {
  return (
    <tr aria-hidden style={{ height }}>
      <td />
    </tr>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  pane: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(0.5), flex: 1, minWidth: 0, minHeight: 0 }),
  scroller: css({ flex: 1, minHeight: 0, overflow: 'auto' }),
  table: css({ width: '100%', tableLayout: 'fixed', fontSize: theme.typography.bodySmall.fontSize }),
  empty: css({ color: theme.colors.text.secondary, padding: theme.spacing(2), textAlign: 'center' }),
});
