import { css } from '@emotion/css';
import React, { useMemo } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';

import { nodeStatistics, rangeStatistics, type SelectionStatistics } from '../../engine/report/selection';
import { followStack, levelCount, total } from '../../engine/traverse';
import { useFlameGraph } from '../context';
import { nodeFacts } from '../facts/nodeFacts';
import { shareText } from '../facts/shareText';
import { shortName } from '../names/shortName';
import type { Shares } from '../state/flameGraphState';

import { Legend } from './Legend';
import { RAW } from '../raw';

/** Functions that are named as the costliest of a selection. */
const NAMED = 3;

/** What is selected, else what is zoomed to, else the whole, and what the colours mean. */
export function StatusLine({ selected }: { selected: number | undefined }) {
  const styles = useStyles2(getStyles);
  const { state, shape } = useFlameGraph();
  const { tree } = shape;
  const focused = useMemo(() => followStack(tree, state.focus).node, [tree, state.focus]);
  const content = () => {
    if (selected === undefined && state.window) {
      return <Part {...state.window} />;
    }
    const node = selected ?? focused;
    return selected === undefined && node === 0 ? <Whole /> : <Selection node={node} />;
  };
  return (
    <div className={styles.line}>
      <div className={styles.text}>{content()}</div>
      <Legend />
    </div>
  );
}

function Whole() {
  const { shape, scale } = useFlameGraph();
  const { tree, profile } = shape;
  const total = scale.formatValue(profile.end[0] - (profile.diff ? profile.diff.totalRight[0] : 0));
  const size = t('flamegraph.status.size', '{{count}} frames, {{levels}} levels', {
    count: tree.size,
    levels: levelCount(tree),
  });
  if (!profile.diff) {
    return <>{t('flamegraph.status.whole', '{{total}} in {{size}}', { total, size, ...RAW })}</>;
  }
  const comparison = scale.formatValue(profile.diff.totalRight[0] / scale.comparisonScale);
  return (
    <>
      {t('flamegraph.status.diff', 'Baseline {{total}}, comparison {{comparison}} in {{size}}', {
        total,
        comparison,
        size,
        ...RAW,
      })}
    </>
  );
}

function Selection({ node }: { node: number }) {
  const styles = useStyles2(getStyles);
  const { shape, scale } = useFlameGraph();
  const { tree } = shape;
  const name = tree.labels[tree.label[node]];
  const statistics = useMemo(() => nodeStatistics(tree, [node]), [tree, node]);
  const { facts } = nodeFacts(tree, node, scale);
  const values = facts.map((fact) => `${fact.name} ${fact.values.join(' → ')}`).join(' · ');
  return (
    <>
      <strong className={styles.name}>{shortName(name)}</strong> {values} · {contentText(tree.labels, statistics)}
    </>
  );
}

/** The part of the width that was brushed or zoomed to, in shares of the tree's. */
function Part({ left, right }: Shares) {
  const styles = useStyles2(getStyles);
  const { shape, scale } = useFlameGraph();
  const { tree, profile } = shape;
  const statistics = useMemo(() => rangeStatistics(tree, left * tree.end[0], right * tree.end[0]), [tree, left, right]);
  const share = shareText(statistics.total / total(profile, 0));
  // Both sides of a diff share the width, so that a part of it has no value of either.
  const value = profile.diff ? share : `${scale.formatValue(statistics.total)} (${share})`;
  return (
    <>
      <strong className={styles.name}>{t('flamegraph.status.part', 'Shown part')}</strong> {value} ·{' '}
      {contentText(tree.labels, statistics)}
    </>
  );
}

/** How much is in a selection, and what costs most of it. */
function contentText(labels: readonly string[], statistics: SelectionStatistics): string {
  const { nodes, functions, levels, hottest } = statistics;
  const size = t('flamegraph.status.below', '{{nodes}} frames of {{functions}} functions on {{levels}} levels', {
    nodes,
    functions,
    levels,
  });
  const hot = hottest
    .filter(({ self }) => self > 0)
    .slice(0, NAMED)
    .map(({ label, self }) => `${shortName(labels[label])} ${shareText(self / statistics.total)}`);
  return hot.length === 0
    ? size
    : `${size} · ${t('flamegraph.status.hottest', 'mostly {{functions}}', { functions: hot.join(', '), ...RAW })}`;
}

const getStyles = (theme: GrafanaTheme2) => ({
  line: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(2),
    minHeight: 20,
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  text: css({ flex: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
  name: css({ color: theme.colors.text.primary, fontWeight: theme.typography.fontWeightMedium }),
});
