import { css } from '@emotion/css';
import React from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';

import type { NodeFacts } from './nodeFacts';

/** Facts with their names in front, and in a diff one column for each side. */
export function FactsTable({ columns, facts }: NodeFacts) {
  const styles = useStyles2(getStyles);
  return (
    <table className={styles.table}>
      {columns.length > 0 && (
        <thead>
          <tr>
            <td />
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody>
        {facts.map(({ name, values }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {values.map((value, column) => (
              <td key={columns[column] ?? column}>{value}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  table: css({
    fontSize: theme.typography.bodySmall.fontSize,
    th: { color: theme.colors.text.secondary, fontWeight: 'normal', paddingRight: theme.spacing(2) },
    'thead th': { textAlign: 'right', paddingRight: 0, paddingLeft: theme.spacing(2) },
    td: { textAlign: 'right', fontVariantNumeric: 'tabular-nums', paddingLeft: theme.spacing(2), whiteSpace: 'nowrap' },
  }),
});
