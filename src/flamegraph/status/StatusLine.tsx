import { css } from '@emotion/css';
import React, { useMemo } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';

import { nodeStatistics } from '../../engine/report/selection';
import { levelCount } from '../../engine/traverse';
import { useFlameGraph } from '../context';
import { nodeFacts } from '../facts/nodeFacts';
import { shareText } from '../facts/shareText';
import { shortName } from '../names/shortName';

import { Legend } from './Legend';
import { RAW } from '../raw';

/** What is selected, else what is shown, and what the colours mean. */
export function StatusLine({ selected }: { selected: number | undefined }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.line}>
      <div className={styles.text}>{selected === undefined ? <Whole /> : <Selection node={selected} />}</div>
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
  const { nodes, functions, levels, hottest } = useMemo(() => nodeStatistics(tree, [node]), [tree, node]);
  const { facts } = nodeFacts(tree, node, scale);
  const values = facts.map((fact) => `${fact.name} ${fact.values.join(' → ')}`).join(' · ');
  const below = t('flamegraph.status.below', '{{nodes}} frames of {{functions}} functions on {{levels}} levels', {
    nodes,
    functions,
    levels,
  });
  const hot = hottest
    .slice(0, 3)
    .map(
      ({ label, self }) => `${shortName(tree.labels[label])} ${shareText(self / (tree.end[node] - tree.start[node]))}`
    );
  return (
    <>
      <strong className={styles.name}>{shortName(name)}</strong> {values} · {below}
      {hot.length > 0 && (
        <>
          {' · '}
          {t('flamegraph.status.hottest', 'mostly {{functions}}', {
            functions: hot.join(', '),
            ...RAW,
          })}
        </>
      )}
    </>
  );
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
