import { css } from '@emotion/css';
import React from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Portal, useStyles2, VizTooltipContainer } from '@grafana/ui';

import type { CallTree } from '../../engine/callTree';
import type { Hit } from '../../engine/hitTest';
import { useFlameGraph } from '../context';
import { FactsTable } from '../facts/FactsTable';
import { nodeFacts } from '../facts/nodeFacts';
import { cutExplanation, isRemainder } from '../facts/remainder';

import type { PagePoint } from './Graph';

export interface NodeTooltipProps {
  readonly tree: CallTree;
  readonly hit: Hit;
  readonly at: PagePoint;
}

/** What is under the pointer. */
export function NodeTooltip({ tree, hit, at }: NodeTooltipProps) {
  const styles = useStyles2(getStyles);
  return (
    <Portal>
      <VizTooltipContainer
        position={at}
        offset={{ x: 14, y: 14 }}
        className={styles.tooltip}
        data-testid="flamegraph-tooltip"
      >
        {hit.count > 1 ? (
          t('flamegraph.tooltip.run', '{{count}} small frames. Double-click to zoom in.', { count: hit.count })
        ) : (
          <FrameFacts tree={tree} node={hit.node} />
        )}
      </VizTooltipContainer>
    </Portal>
  );
}

function FrameFacts({ tree, node }: { tree: CallTree; node: number }) {
  const styles = useStyles2(getStyles);
  const { scale, placeOf, cut } = useFlameGraph();
  const name = tree.labels[tree.label[node]];
  const place = placeOf?.(name);
  return (
    <>
      <div className={styles.name}>{name}</div>
      {place && (
        <div className={styles.place}>{place.line === undefined ? place.file : `${place.file}:${place.line}`}</div>
      )}
      <FactsTable {...nodeFacts(tree, node, scale)} />
      {isRemainder(tree, node) && <div className={styles.place}>{cutExplanation(cut?.maxNodes)}</div>}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  tooltip: css({ maxWidth: 520, pointerEvents: 'none' }),
  name: css({
    fontWeight: theme.typography.fontWeightMedium,
    overflowWrap: 'anywhere',
    marginBottom: theme.spacing(0.5),
  }),
  place: css({
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    overflowWrap: 'anywhere',
    margin: theme.spacing(0.5, 0),
  }),
});
