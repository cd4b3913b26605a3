import { css } from '@emotion/css';
import React, { useCallback, useMemo, useState } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';

import type { CallTree } from '../engine/callTree';
import type { Hit } from '../engine/hitTest';
import { followStack, stackOf } from '../engine/traverse';

import { Graph, type PagePoint } from './graph/Graph';
import { NodeMenu } from './graph/NodeMenu';
import { describeNode, NodeTooltip } from './graph/NodeTooltip';
import type { ChangeState, FlameGraphState } from './state/flameGraphState';
import { useScene } from './state/useScene';
import { useSearch } from './state/useSearch';
import { TopTable } from './table/TopTable';
import { Toolbar } from './toolbar/Toolbar';

/** A value of the profile as text with its unit. */
export type FormatValue = (value: number) => string;

export interface FlameGraphProps {
  readonly tree: CallTree;
  readonly formatValue: FormatValue;
  readonly state: FlameGraphState;
  readonly onStateChange: ChangeState;
}

/** The flame graph with its toolbar and table; fills its parent, which must have a height. */
export function FlameGraph({ tree, formatValue, state, onStateChange }: FlameGraphProps) {
  const styles = useStyles2(getStyles);
  const [hover, setHover] = useState<{ hit: Hit; at: PagePoint }>();
  const [menu, setMenu] = useState<{ node: number; at: PagePoint }>();
  const [selected, setSelected] = useState<number>();
  const search = useSearch(tree, state.search);
  const focus = useMemo(() => followStack(tree, state.focus).node, [tree, state.focus]);
  const scene = useScene(tree, state, focus, search.result?.matches);

  const focusNode = useCallback(
    (node: number) => {
      setMenu(undefined);
      onStateChange({ focus: node === 0 ? [] : stackOf(tree, node), window: undefined });
    },
    [tree, onStateChange]
  );

  const showsTable = state.layout !== 'flame';
  const showsGraph = state.layout !== 'table';

  return (
    <div className={styles.frame}>
      <Toolbar tree={tree} state={state} onStateChange={onStateChange} search={search} formatValue={formatValue} />
      <div className={styles.panes}>
        {showsTable && (
          <div className={showsGraph ? styles.half : styles.whole}>
            <TopTable
              tree={tree}
              formatValue={formatValue}
              state={state}
              onStateChange={onStateChange}
              search={search}
            />
          </div>
        )}
        {showsGraph && (
          <div className={styles.whole}>
            <Graph
              scene={scene}
              focus={focus}
              window={state.window}
              selected={selected}
              onFocus={focusNode}
              onSelect={setSelected}
              onMenu={(node, at) => setMenu({ node, at })}
              onHover={(hit, at) => setHover(hit && { hit, at })}
              description={selected === undefined ? '' : describeNode(tree, selected, formatValue)}
            />
          </div>
        )}
      </div>
      {hover && !menu && <NodeTooltip tree={tree} hit={hover.hit} at={hover.at} formatValue={formatValue} />}
      {menu && (
        <NodeMenu
          tree={tree}
          node={menu.node}
          at={menu.at}
          formatValue={formatValue}
          onClose={() => setMenu(undefined)}
          onFocus={focusNode}
          onStateChange={onStateChange}
        />
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({ display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0, gap: theme.spacing(1) }),
  panes: css({ display: 'flex', flex: 1, minHeight: 0, gap: theme.spacing(1) }),
  half: css({ flex: '0 0 40%', minWidth: 0, display: 'flex' }),
  whole: css({ flex: 1, minWidth: 0, display: 'flex' }),
});
