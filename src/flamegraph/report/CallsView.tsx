import { css } from '@emotion/css';
import React, { useMemo } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, useStyles2, useTheme2 } from '@grafana/ui';

import { callEdges } from '../../engine/report/callGraph';
import { topTable } from '../../engine/topTable';
import { labelColours } from '../colour/labelColours';
import { useFlameGraph } from '../context';
import type { PagePoint } from '../graph/Graph';
import { RAW } from '../raw';
import { withGraph } from '../state/flameGraphState';

import { CallRows } from './CallRows';
import { callsOf, pivotRow } from './calls';
import { callColumns } from './callColumns';
import { FunctionPicker } from './FunctionPicker';

export interface CallsViewProps {
  onMenu(name: string, at: PagePoint): void;
}

/** Who calls a function, what it costs itself, and whom it calls: pprof's `tree`, one function at a time. */
export function CallsView({ onMenu }: CallsViewProps) {
  const styles = useStyles2(getStyles);
  const { isDark } = useTheme2();
  const { shape, state, change, scale } = useFlameGraph();
  const { profile } = shape;
  const table = useMemo(() => topTable(profile), [profile]);
  const edges = useMemo(() => callEdges(profile), [profile]);
  const row = useMemo(() => pivotRow(profile, table, state.pivot), [profile, table, state.pivot]);
  const label = row === undefined ? undefined : table.label[row];
  const calls = useMemo(() => (label === undefined ? undefined : callsOf(edges, label)), [edges, label]);
  const colours = useMemo(() => labelColours(profile, state.colours, isDark), [profile, state.colours, isDark]);
  if (row === undefined || label === undefined || !calls) {
    return <p className={styles.empty}>{t('flamegraph.calls.empty', 'The profile has no functions.')}</p>;
  }
  const name = profile.labels[label];
  const { self, total: whole, diff } = table;
  const columns = callColumns(scale, state.diff.measure, {
    total: whole[row],
    totalRight: diff?.totalRight[row] ?? 0,
  });
  const own = { label, total: self[row], totalRight: diff?.selfRight[row] ?? 0 };
  const all = { label, total: whole[row], totalRight: diff?.totalRight[row] ?? 0 };
  const common = {
    columns,
    colours,
    nameOf: (of: number) => profile.labels[of],
    onPivot: (pivot: string) => change({ pivot }),
    onMenu,
  };

  return (
    <div className={styles.pane}>
      <div className={styles.head}>
        <FunctionPicker tree={profile} table={table} value={name} onChange={(pivot) => change({ pivot })} />
        <Button
          size="sm"
          variant="secondary"
          icon="gf-layout-simple"
          onClick={() => change({ layout: withGraph(state.layout), sandwich: name, focus: [], window: undefined })}
        >
          {t('flamegraph.calls.sandwich', 'As flame graphs')}
        </Button>
      </div>
      <div className={styles.scroller} tabIndex={0} role="region" aria-label={t('flamegraph.calls.region', 'Calls')}>
        <table
          className={styles.table}
          aria-label={t('flamegraph.calls.label', 'Callers and callees of {{name}}', { name, ...RAW })}
        >
          <thead>
            <tr>
              <th scope="col" className={styles.first}>
                {t('flamegraph.table.function', 'Function')}
              </th>
              {columns.map(({ id, title }) => (
                <th key={id} scope="col" className={styles.value}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <CallRows
            {...common}
            title={t('flamegraph.calls.callers', 'Callers')}
            calls={calls.callers}
            empty={t('flamegraph.calls.no-callers', 'Nobody: stacks begin with it.')}
          />
          <CallRows {...common} title={t('flamegraph.calls.function', 'Function')} calls={[all]} isPivot />
          <CallRows
            {...common}
            title={t('flamegraph.calls.callees', 'Callees')}
            calls={calls.callees}
            own={own}
            empty={t('flamegraph.calls.no-callees', 'Nobody: it does everything itself.')}
          />
        </table>
      </div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  pane: css({ display: 'flex', flexDirection: 'column', flex: 1, minWidth: 0, minHeight: 0, gap: theme.spacing(1) }),
  head: css({ display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: theme.spacing(1) }),
  scroller: css({ flex: 1, minHeight: 0, overflow: 'auto' }),
  table: css({ width: '100%', fontSize: theme.typography.bodySmall.fontSize }),
  first: css({ textAlign: 'left', padding: theme.spacing(0.5, 1) }),
  value: css({ textAlign: 'right', padding: theme.spacing(0.5, 1), whiteSpace: 'nowrap' }),
  empty: css({ color: theme.colors.text.secondary, padding: theme.spacing(2), textAlign: 'center' }),
});
