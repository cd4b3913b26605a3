import { css, cx } from '@emotion/css';
import React, { useState } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, useStyles2 } from '@grafana/ui';

import type { PagePoint } from '../graph/Graph';

import type { CallColumn } from './callColumns';
import type { Call } from './calls';

/** A function like malloc has thousands of callers; the heaviest say what is to be known. */
const SHOWN_AT_FIRST = 100;

export interface CallRowsProps {
  readonly title: string;
  readonly calls: readonly Call[];
  /** Before the calls: what the function costs without them. */
  readonly own?: Call;
  readonly columns: readonly CallColumn[];
  /** Said when there are no calls. */
  readonly empty?: string;
  /** These rows are the function in the middle. */
  readonly isPivot?: boolean;
  nameOf(label: number): string;
  colours(label: number): string;
  onPivot(name: string): void;
  onMenu(name: string, at: PagePoint): void;
}

/** One part of the calls table with its title. */
export function CallRows(props: CallRowsProps) {
  const { title, calls, own, columns, empty, isPivot = false, nameOf, colours, onPivot, onMenu } = props;
  const styles = useStyles2(getStyles);
  const [showsAll, setShowsAll] = useState(false);
  const shown = showsAll ? calls : calls.slice(0, SHOWN_AT_FIRST);
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={columns.length + 1} className={styles.title}>
          {title}
        </th>
      </tr>
      {own && (
        <tr className={styles.row}>
          <td className={styles.name}>{t('flamegraph.calls.own', 'its own code')}</td>
          <Values call={own} columns={columns} />
        </tr>
      )}
      {shown.map((call) => {
        const name = nameOf(call.label);
        return (
          <tr
            key={call.label}
            className={cx(styles.row, isPivot && styles.pivot)}
            onContextMenu={(event) => {
              event.preventDefault();
              onMenu(name, { x: event.clientX, y: event.clientY });
            }}
          >
            <th scope="row" className={styles.name}>
              <span className={styles.swatch} style={{ background: colours(call.label) }} />
              {isPivot ? (
                name
              ) : (
                <button type="button" className={styles.link} onClick={() => onPivot(name)}>
                  {name}
                </button>
              )}
            </th>
            <Values call={call} columns={columns} />
          </tr>
        );
      })}
      {calls.length === 0 && empty !== undefined && (
        <tr>
          <td colSpan={columns.length + 1} className={styles.empty}>
            {empty}
          </td>
        </tr>
      )}
      {shown.length < calls.length && (
        <tr>
          <td colSpan={columns.length + 1}>
            <Button size="sm" fill="text" onClick={() => setShowsAll(true)}>
              {t('flamegraph.calls.more', 'Show all {{count}}', { count: calls.length })}
            </Button>
          </td>
        </tr>
      )}
    </tbody>
  );
}

function Values({ call, columns }: { call: Call; columns: readonly CallColumn[] }) {
  const styles = useStyles2(getStyles);
  return columns.map(({ id, text }) => (
    <td key={id} className={styles.value}>
      {text(call)}
    </td>
  ));
}

const getStyles = (theme: GrafanaTheme2) => ({
  title: css({
    textAlign: 'left',
    padding: theme.spacing(1, 1, 0.25),
    color: theme.colors.text.secondary,
    fontWeight: theme.typography.fontWeightMedium,
  }),
  row: css({ '&:hover': { background: theme.colors.action.hover } }),
  pivot: css({ background: theme.colors.action.selected, fontWeight: theme.typography.fontWeightMedium }),
  name: css({ textAlign: 'left', fontWeight: 'inherit', padding: theme.spacing(0.25, 1), overflowWrap: 'anywhere' }),
  swatch: css({ display: 'inline-block', width: 8, height: 8, borderRadius: 2, marginRight: theme.spacing(0.75) }),
  link: css({
    background: 'none',
    border: 0,
    padding: 0,
    color: 'inherit',
    fontSize: 'inherit',
    textAlign: 'left',
    '&:hover': { textDecoration: 'underline' },
  }),
  value: css({
    textAlign: 'right',
    padding: theme.spacing(0.25, 1),
    whiteSpace: 'nowrap',
    fontVariantNumeric: 'tabular-nums',
  }),
  empty: css({ color: theme.colors.text.secondary, padding: theme.spacing(0.25, 1) }),
});
