import { css } from '@emotion/css';
import React, { useMemo } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { TextLink, useStyles2 } from '@grafana/ui';

import { useFlameGraph } from '../context';

import { type FileLines, type FunctionLines, listing } from './functionLines';
import { lineCostText } from './lineCostText';

export interface LinesTableProps {
  readonly name: string;
  readonly kind: FunctionLines['kind'];
  readonly file: FileLines;
  readonly source: readonly string[] | undefined;
}

/** One row a line: what it costs itself, with what it calls (in a diff on both sides), and its source when it is there. */
export function LinesTable({ name, kind, file, source }: LinesTableProps) {
  const styles = useStyles2(getStyles);
  const { scale, sourceUrlOf } = useFlameGraph();
  const rows = useMemo(() => listing(file, source), [file, source]);
  const isDiff = file.baseline !== undefined;
  const textOf = lineCostText(file, kind, scale);
  return (
    <div className={styles.scroller} tabIndex={0} role="region" aria-label={t('flamegraph.lines.region', 'Lines')}>
      <table className={styles.table} aria-label={t('flamegraph.lines.table', 'Cost by line')}>
        <thead>
          <tr>
            <th scope="col">{t('flamegraph.lines.line', 'Line')}</th>
            {isDiff && <th scope="col">{t('flamegraph.lines.baseline-line', 'Line in baseline')}</th>}
            <th scope="col">{t('flamegraph.table.self', 'Self')}</th>
            <th scope="col">{t('flamegraph.table.total', 'Total')}</th>
            {source && <th scope="col">{t('flamegraph.lines.source', 'Source')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ line, self, total, baseline, source: text }) => {
            const url = line > 0 ? sourceUrlOf?.({ name, file: file.file, line }) : undefined;
            const label = line > 0 ? String(line) : t('flamegraph.lines.no-line', 'no line');
            return (
              <tr key={line} style={{ opacity: source && total === 0 && !baseline?.total ? 0.75 : 1 }}>
                <th scope="row" className={styles.number}>
                  {url === undefined ? (
                    label
                  ) : (
                    <TextLink href={url} external inline={false} variant="bodySmall">
                      {label}
                    </TextLink>
                  )}
                </th>
                {isDiff && <td className={styles.number}>{baseline && baseline.line > 0 ? baseline.line : ''}</td>}
                <td className={styles.number}>{textOf('self', { self, total, baseline })}</td>
                <td className={styles.number}>{textOf('total', { self, total, baseline })}</td>
                {source && (
                  <td>
                    <code className={styles.source}>{text}</code>
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
      {file.leftOut > 0 && (
        <p>{t('flamegraph.lines.left-out', '{{count}} cheaper lines are left out.', { count: file.leftOut })}</p>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  scroller: css({ maxHeight: '60vh', overflow: 'auto' }),
  table: css({
    fontSize: theme.typography.bodySmall.fontSize,
    'th, td': { padding: theme.spacing(0.125, 1), textAlign: 'left' },
    'tbody tr:hover': { background: theme.colors.action.hover },
  }),
  number: css({
    '&&': { textAlign: 'right' },
    fontWeight: 'normal',
    whiteSpace: 'nowrap',
    fontVariantNumeric: 'tabular-nums',
  }),
  source: css({ whiteSpace: 'pre', background: 'none', border: 0, padding: 0, tabSize: 4 }),
});
