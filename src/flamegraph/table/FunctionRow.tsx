import { css, cx } from '@emotion/css';
import React, { memo } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { IconButton, useStyles2 } from '@grafana/ui';

import { shortName } from '../names/shortName';

import type { ColumnDescription } from './columns';
import { shareBar } from './shareBar';
import { RAW } from '../raw';

/** CSS pixels. */
export const ROW_HEIGHT = 26;

export interface FunctionRowProps {
  readonly name: string;
  /** Row of the top table. */
  readonly row: number;
  /** Position in the whole table, its head included, from 1. */
  readonly position: number;
  readonly columns: readonly ColumnDescription[];
  /** Without shares: the table is narrow. */
  readonly isTight: boolean;
  readonly colour: string;
  readonly isSearched: boolean;
  onSearch(name: string): void;
  /** Told the first click of what may become a double click. */
  onPress(name: string): void;
  onMenu(name: string, at: { x: number; y: number }): void;
}

/** One function: its name highlights it in the graph; a double click, which the table sees to, zooms to it. */
export const FunctionRow = memo(function FunctionRow(props: FunctionRowProps) {
  const { name, row, position, columns, isTight, colour, isSearched, onSearch, onPress, onMenu } = props;
  const styles = useStyles2(getStyles);
  return (
    <tr
      aria-rowindex={position}
      className={styles.row}
      aria-selected={isSearched}
      onClickCapture={({ detail }) => detail <= 1 && onPress(name)}
      onContextMenu={(event) => {
        event.preventDefault();
        onMenu(name, { x: event.clientX, y: event.clientY });
      }}
    >
      <th scope="row" className={styles.name}>
        <div className={styles.function}>
          <span className={styles.swatch} style={{ background: colour }} />
          <button
            type="button"
            className={cx(styles.link, endsWithPlace(name) && styles.cutAtEnd)}
            title={name}
            aria-pressed={isSearched}
            onClick={({ detail }) => detail <= 1 && onSearch(name)}
          >
            {/* Isolated, or brackets at its ends would change sides. */}
            <bdi dir="ltr">{name}</bdi>
          </button>
          <IconButton
            className={styles.menu}
            name="ellipsis-v"
            size="sm"
            aria-label={t('flamegraph.table.menu', 'Menu of {{name}}', {
              name: shortName(name),
              ...RAW,
            })}
            onClick={(event) => onMenu(name, { x: event.clientX, y: event.clientY })}
          />
        </div>
      </th>
      {columns.map((column) => {
        const { value, share } = column.text(row);
        return (
          <td key={column.id} className={styles.value} title={isTight ? share : undefined}>
            {column.bar(row) > 0 && (
              <span className={styles.bar} style={{ width: `${Math.min(1, column.bar(row)) * 100}%` }} />
            )}
            <span className={styles.text}>
              {value}
              {share !== undefined && !isTight && <span className={styles.share}>{share}</span>}
            </span>
          </td>
        );
      })}
    </tr>
  );
});

/** Whether a name ends with its file and line, as in 'render (file:///app/page.js:20)': then its beginning tells more. */
function endsWithPlace(name: string): boolean {
  return / \(.+\)$/.test(name);
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({
    height: ROW_HEIGHT,
    '&:hover': { background: theme.colors.action.hover },
    '&[aria-selected="true"]': { background: theme.colors.action.selected },
    [`&:not(:hover):not(:focus-within) button:last-of-type[aria-label]`]: { opacity: 0 },
  }),
  name: css({ padding: theme.spacing(0, 1), fontWeight: 'normal', overflow: 'hidden' }),
  function: css({ position: 'relative', display: 'flex', alignItems: 'center', gap: theme.spacing(0.75), minWidth: 0 }),
  swatch: css({ flex: 'none', width: 8, height: 8, borderRadius: 2 }),
  link: css({
    flex: '0 1 auto',
    minWidth: 0,
    background: 'none',
    border: 0,
    padding: 0,
    color: 'inherit',
    fontSize: 'inherit',
    textAlign: 'left',
    // The end of a name tells functions of one package apart: that is what stays when there is no room.
    direction: 'rtl',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    '&:hover': { textDecoration: 'underline' },
  }),
  cutAtEnd: css({ direction: 'ltr' }),
  // Above the name's end, which needs all the room while the pointer is elsewhere.
  menu: css({ position: 'absolute', right: 0, margin: 0, background: theme.colors.background.secondary }),
  value: css({
    position: 'relative',
    padding: theme.spacing(0, 1),
    textAlign: 'right',
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    fontVariantNumeric: 'tabular-nums',
  }),
  bar: shareBar(theme),
  text: css({ position: 'relative' }),
  // Not paler than the value: the bar behind it takes the contrast.
  share: css({
    fontSize: '0.9em',
    display: 'inline-block',
    minWidth: 44,
    marginLeft: theme.spacing(0.5),
  }),
});
