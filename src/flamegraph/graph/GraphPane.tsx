import { css } from '@emotion/css';
import React, { useCallback, useMemo, useState } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';

import type { CallTree } from '../../engine/callTree';
import type { Hit } from '../../engine/hitTest';
import { useFlameGraph } from '../context';
import { describeNode } from '../facts/nodeFacts';
import { panBy, type Window, zoomAbout } from '../paint/window';
import type { Direction, Shares } from '../state/flameGraphState';
import { useNodeOfStack } from '../state/useNodeOfStack';
import { useScene } from '../state/useScene';
import { searchTree } from '../state/useSearch';

import { Breadcrumbs } from './Breadcrumbs';
import { Graph, type PagePoint } from './Graph';
import { commandOf } from './keys';
import { Minimap } from './Minimap';
import { settle, windowOf } from './navigation';
import { NodeTooltip } from './NodeTooltip';
import { Stage } from './Stage';
import { walk } from './walk';
import { RAW } from '../raw';

/** Where a pane is looking. */
export interface View {
  readonly focus: readonly string[];
  readonly window?: Shares;
}

export interface GraphPaneProps {
  readonly tree: CallTree;
  readonly direction: Direction;
  readonly label: string;
  readonly view: View;
  onView(view: View): void;
  readonly selection?: readonly string[];
  onSelect(stack: readonly string[] | undefined): void;
  onMenu(node: number, at: PagePoint): void;
  readonly maxNames: number;
  readonly showMinimap: boolean;
}

/** One tree with its breadcrumbs, minimap and tooltip. */
export function GraphPane(props: GraphPaneProps) {
  const { tree, direction, view, onView, onSelect, onMenu } = props;
  const { state, scale, search } = useFlameGraph();
  const styles = useStyles2(getStyles);
  const [stage] = useState(() => new Stage());
  const [hover, setHover] = useState<{ hit: Hit; at: PagePoint }>();
  const [found, rememberFocus] = useNodeOfStack(tree, view.focus);
  const [selectedFound, rememberSelected] = useNodeOfStack(tree, props.selection);
  const focus = found.node;
  const selected = selectedFound.whole ? selectedFound.node : undefined;
  const matches = searchTree(tree, search)?.matches;
  const scene = useScene({ tree, direction, focus, matches, maxNames: props.maxNames }, state, scale);
  const shown = useMemo(() => windowOf(tree, focus, view.window), [tree, focus, view.window]);
  const description = selected === undefined ? '' : describeNode(tree, selected, scale);

  const focusNode = useCallback(
    (node: number) => onView({ focus: node === 0 ? [] : rememberFocus(node), window: undefined }),
    [onView, rememberFocus]
  );
  const onSettled = useCallback(
    (window: Window) => {
      const next = settle(tree, focus, window);
      onView({ focus: next.focus === 0 ? [] : rememberFocus(next.focus), window: next.window });
    },
    [tree, focus, onView, rememberFocus]
  );
  const select = useCallback((node: number) => onSelect(rememberSelected(node)), [onSelect, rememberSelected]);
  const onHover = useCallback((hit: Hit | undefined, at: PagePoint) => setHover(hit && { hit, at }), []);
  const onClick = useCallback(
    (hit: Hit | undefined, at: PagePoint) => {
      if (!hit || hit.count > 1) {
        onSelect(undefined);
        return;
      }
      setHover(undefined);
      select(hit.node);
      onMenu(hit.node, at);
    },
    [onSelect, select, onMenu]
  );

  const onKeyDown = useCallback(
    (event: React.KeyboardEvent) => {
      const node = selected ?? focus;
      const command = commandOf(event, direction);
      switch (command) {
        case 'caller':
        case 'callee':
        case 'left':
        case 'right':
          select(selected === undefined ? focus : walk(tree, selected, command));
          break;
        case 'focus':
          focusNode(node);
          break;
        case 'widen':
          focusNode(tree.parent[focus]);
          break;
        case 'zoom-in':
        case 'zoom-out':
          onSettled(zoomTo(stage, command === 'zoom-in' ? 0.5 : 2, tree, selected));
          break;
        case 'pan-left':
        case 'pan-right':
          onSettled(panBy(stage.window, command === 'pan-left' ? -0.2 : 0.2, stage.total));
          break;
        case 'scroll-up':
        case 'scroll-down':
          event.currentTarget.scrollBy({ top: command === 'scroll-up' ? -120 : 120 });
          break;
        case 'menu':
          onMenu(node, menuPoint(event.currentTarget, stage, node));
          break;
        default:
          return;
      }
      event.preventDefault();
      event.stopPropagation();
    },
    [stage, tree, direction, selected, focus, select, focusNode, onSettled, onMenu]
  );

  return (
    <div className={styles.pane}>
      <Breadcrumbs tree={tree} focus={focus} isZoomed={view.window !== undefined} onFocus={focusNode} />
      {props.showMinimap && <Minimap scene={scene} stage={stage} onSettled={onSettled} />}
      <Graph
        stage={stage}
        scene={scene}
        window={shown}
        focus={focus}
        selected={selected}
        label={t('flamegraph.graph.label', '{{what}}. Arrow keys walk the tree, Enter focuses, ? lists all keys.', {
          what: props.label,
          ...RAW,
        })}
        description={description}
        onSettled={onSettled}
        onHover={onHover}
        onClick={onClick}
        onDoubleClick={(hit) => (hit.count > 1 ? onSettled(around(tree, hit)) : focusNode(hit.node))}
        onKeyDown={onKeyDown}
      />
      {hover && <NodeTooltip tree={tree} hit={hover.hit} at={hover.at} />}
    </div>
  );
}

/** Zooms about the selected node, else about the middle. */
function zoomTo(stage: Stage, factor: number, tree: CallTree, selected: number | undefined): Window {
  const { left, right } = stage.window;
  const middle = selected === undefined ? (left + right) / 2 : (tree.start[selected] + tree.end[selected]) / 2;
  const share = Math.min(1, Math.max(0, (middle - left) / (right - left)));
  return zoomAbout(stage.window, factor, share, stage.total);
}

/** A window in which the small frames of one pixel can be told apart. */
function around(tree: CallTree, { node, count }: Hit): Window {
  const left = tree.start[node];
  const right = tree.end[node + count - 1];
  const margin = (right - left) * 0.1;
  return { left: left - margin, right: right + margin };
}

/** Where a menu that the keyboard opened belongs: at the node, inside the graph. */
function menuPoint(element: Element, stage: Stage, node: number): PagePoint {
  const box = element.getBoundingClientRect();
  const rectangle = stage.rectangleOf(node) ?? { x: 0, y: 0, width: 0, height: 0 };
  const inside = (value: number, limit: number) => Math.min(Math.max(0, value), limit);
  return {
    x: box.left + inside(rectangle.x, box.width),
    y: box.top + inside(rectangle.y + rectangle.height, box.height),
  };
}

const getStyles = (theme: GrafanaTheme2) => ({
  pane: css({ display: 'flex', flexDirection: 'column', flex: 1, minWidth: 0, minHeight: 0, gap: theme.spacing(0.5) }),
});
