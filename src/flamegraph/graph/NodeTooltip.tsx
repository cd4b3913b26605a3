import { css } from '@emotion/css';
import React from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t, Trans } from '@grafana/i18n';
import { Portal, useStyles2, VizTooltipContainer } from '@grafana/ui';

import type { CallTree } from '../../engine/callTree';
import type { Hit } from '../../engine/hitTest';
import { total } from '../../engine/traverse';
import type { FormatValue } from '../FlameGraph';
import { shareText } from '../shareText';

import type { PagePoint } from './Graph';

export interface NodeTooltipProps {
  readonly tree: CallTree;
  readonly hit: Hit;
  readonly at: PagePoint;
  readonly formatValue: FormatValue;
}

/** What is under the pointer. */
export function NodeTooltip({ tree, hit, at, formatValue }: NodeTooltipProps) {
  const styles = useStyles2(getStyles);
  const { node, count } = hit;
  return (
    <Portal>
      <VizTooltipContainer position={at} offset={{ x: 14, y: 14 }} className={styles.tooltip}>
        {count > 1 ? (
          <Trans i18nKey="flamegraph.tooltip.run" values={{ count }}>
            {'{{count}}'} small frames. Zoom in to tell them apart.
          </Trans>
        ) : (
          <>
            <div className={styles.name}>{tree.labels[tree.label[node]]}</div>
            <table className={styles.values}>
              <tbody>
                {nodeFacts(tree, node, formatValue).map(({ name, value }) => (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    <td>{value}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </>
        )}
      </VizTooltipContainer>
    </Portal>
  );
}

/** What there is to say of a node, each with its name. */
export function nodeFacts(tree: CallTree, node: number, formatValue: FormatValue) {
  const value = total(tree, node);
  const facts = [
    { name: t('flamegraph.facts.total', 'Total'), value: formatValue(value) },
    { name: t('flamegraph.facts.self', 'Self'), value: formatValue(tree.self[node]) },
    { name: t('flamegraph.facts.of-all', 'Share of all'), value: shareText(value / total(tree, 0)) },
  ];
  if (node !== 0) {
    const caller = tree.parent[node];
    facts.push({
      name: t('flamegraph.facts.of-caller', 'Share of caller'),
      value: shareText(value / total(tree, caller)),
    });
  }
  return facts;
}

/** A node in words, for the screen reader. */
export function describeNode(tree: CallTree, node: number, formatValue: FormatValue): string {
  const facts = nodeFacts(tree, node, formatValue).map(({ name, value }) => `${name} ${value}`);
  return [tree.labels[tree.label[node]], ...facts].join(', ');
}

const getStyles = (theme: GrafanaTheme2) => ({
  tooltip: css({ maxWidth: 520, pointerEvents: 'none' }),
  name: css({
    fontWeight: theme.typography.fontWeightMedium,
    overflowWrap: 'anywhere',
    marginBottom: theme.spacing(0.5),
  }),
  values: css({
    fontSize: theme.typography.bodySmall.fontSize,
    th: { color: theme.colors.text.secondary, fontWeight: 'normal', paddingRight: theme.spacing(2) },
    td: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  }),
});
