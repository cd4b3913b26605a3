import { css } from '@emotion/css';
import React, { useCallback, useMemo, useRef, useState } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';

import type { CallTree } from '../engine/callTree';
import { stackOf, total } from '../engine/traverse';

import { type ChosenFrame, useFlameGraph } from './context';
import type { Exporter, Measured } from './exporters/exporter';
import { isRemainder } from './facts/remainder';
import { FrameMenu } from './graph/FrameMenu';
import type { PagePoint } from './graph/Graph';
import { GraphPane, type View } from './graph/GraphPane';
import { heaviestNodeOf } from './graph/heaviestNode';
import { SandwichPane } from './graph/SandwichPane';
import { LinesDialog } from './lines/LinesDialog';
import { CallsView } from './report/CallsView';
import { CallGraphView } from './report/graph/CallGraphView';
import { StacksView } from './report/StacksView';
import { SplitPanes } from './SplitPanes';
import { type TableColumn, withGraph } from './state/flameGraphState';
import type { Size } from './state/useSize';
import { useNodeOfStack } from './state/useNodeOfStack';
import { StatusLine } from './status/StatusLine';
import { FunctionTable } from './table/FunctionTable';
import { KeysDialog } from './toolbar/KeysDialog';
import { Toolbar } from './toolbar/Toolbar';
import { useCommands } from './useCommands';
import { useMatchSteps } from './useMatchSteps';
import { RAW } from './raw';

/** Below, table and graph do not fit side by side. CSS pixels. */
const NARROW = 640;
/** Below, the layouts do not fit side by side as buttons. */
const TIGHT = 980;
/** What the table gets of the width beside the graph; a diff has a column more. */
const TABLE_SHARE = 0.36;
const DIFF_TABLE_SHARE = 0.42;
/** Below, the minimap would take the room of the graph itself. */
const LOW = 280;

export interface PanesProps {
  /** Of the whole flame graph; 0 until it has been measured. */
  readonly size: Size;
  readonly exporters: readonly Exporter[];
  readonly measured: Measured;
  readonly title: string;
  readonly columns: readonly TableColumn[];
  readonly maxNames: number;
  /** Between toolbar and graph. */
  readonly notices: React.ReactNode;
  onExportError(message: string): void;
}

/** Toolbar, table and graph, and what they have in common: selection, menu, keys. */
export function Panes(props: PanesProps) {
  const styles = useStyles2(getStyles);
  const { state, change, shape } = useFlameGraph();
  const { tree, callers, profile } = shape;
  const searchInput = useRef<HTMLInputElement>(null);
  const [menu, setMenu] = useState<{ tree: CallTree; node: number; onlyName: boolean; at: PagePoint }>();
  const [selection, setSelection] = useState<readonly string[]>();
  const [listed, setListed] = useState<string>();
  const [showsKeys, setShowsKeys] = useState(false);
  const [found, remember] = useNodeOfStack(tree, selection);
  const selected = found.whole ? found.node : undefined;
  const isNarrow = props.size.width > 0 && props.size.width < NARROW;
  const isTight = props.size.width > 0 && props.size.width < TIGHT;
  const layout = isNarrow && state.layout === 'both' ? 'flame' : state.layout;

  const select = useCallback(
    (node: number | undefined) => setSelection(node === undefined ? undefined : remember(node)),
    [remember]
  );
  const { rank, step } = useMatchSteps(selected, select);
  const onView = useCallback((view: View) => change({ focus: view.focus, window: view.window }), [change]);
  const view = useMemo(() => ({ focus: state.focus, window: state.window }), [state.focus, state.window]);
  const focusOn = (node: number) =>
    change({
      layout: withGraph(state.layout),
      focus: node === 0 ? [] : stackOf(tree, node),
      window: undefined,
    });
  const onKeyDown = useCommands({
    selected,
    onClearSelection: () => setSelection(undefined),
    onStep: step,
    onSearch: () => searchInput.current?.focus(),
    onShowKeys: () => setShowsKeys(true),
  });
  const openMenu = useCallback((node: number, at: PagePoint) => setMenu({ tree, node, onlyName: false, at }), [tree]);

  /** Zooms to where a function is heaviest; what is not among the callees of a sandwich is in the whole profile. */
  const showFunction = (name: string) => {
    const node = heaviestNodeOf(tree, name);
    const whole = node === undefined ? heaviestNodeOf(profile, name) : undefined;
    if (node !== undefined) {
      focusOn(node);
    } else if (whole !== undefined) {
      change({
        layout: withGraph(state.layout),
        sandwich: undefined,
        focus: stackOf(profile, whole),
        window: undefined,
      });
    }
  };
  const menuOf = (name: string, at: PagePoint) => {
    const node = heaviestNodeOf(profile, name);
    if (node !== undefined) {
      setMenu({ tree: profile, node, onlyName: true, at });
    }
  };
  const views = {
    table: () => <FunctionTable columns={props.columns} onFocus={showFunction} onMenu={menuOf} />,
    calls: () => <CallsView onMenu={menuOf} />,
    stacks: () => <StacksView />,
    graph: () => <CallGraphView onMenu={menuOf} />,
  };
  const graph = (
    <GraphPane
      tree={tree}
      direction={callers ? 'icicle' : state.direction}
      label={graphLabel(state.sandwich, callers !== undefined, state.inverted)}
      view={view}
      onView={onView}
      selection={selection}
      onSelect={setSelection}
      onMenu={openMenu}
      maxNames={props.maxNames}
      showMinimap={callers === undefined && props.size.height >= LOW}
    />
  );
  const graphs =
    callers && state.sandwich !== undefined ? (
      <SandwichPane
        name={state.sandwich}
        callers={callers}
        maxNames={props.maxNames}
        onMenu={(of, node, at) => setMenu({ tree: of, node, onlyName: false, at })}

        callees={graph}
      />
    ) : (
      graph
    );

  return (
    // The keys work wherever the focus is inside; each of them can also be reached by a button or a menu.
    <div className={styles.panes} onKeyDown={onKeyDown}>
      <Toolbar
        searchInput={searchInput}
        rank={rank}
        onStep={step}
        exporters={props.exporters}
        measured={props.measured}
        title={props.title}
        onExportError={props.onExportError}
        isNarrow={isNarrow}
        isTight={isTight}
        onShowKeys={() => setShowsKeys(true)}
      />
      {props.notices}
      {layout === 'both' ? (
        <SplitPanes
          direction="row"
          initialShare={profile.diff ? DIFF_TABLE_SHARE : TABLE_SHARE}
          first={views.table()}
          second={graphs}
        />
      ) : (
        <div className={styles.pane}>{layout === 'flame' ? graphs : views[layout]()}</div>
      )}
      <StatusLine selected={selected} />
      {menu && (
        <FrameMenu
          frame={chosenFrame(menu.tree, menu.node, menu.onlyName)}
          at={menu.at}
          isRemainder={isRemainder(menu.tree, menu.node)}
          onClose={() => setMenu(undefined)}
          onLines={() => setListed(menu.tree.labels[menu.tree.label[menu.node]])}
          onFocus={() =>
            menu.tree === tree && !menu.onlyName
              ? focusOn(menu.node)
              : showFunction(menu.tree.labels[menu.tree.label[menu.node]])
          }
        />
      )}
      {listed !== undefined && <LinesDialog name={listed} onClose={() => setListed(undefined)} />}
      {showsKeys && <KeysDialog onClose={() => setShowsKeys(false)} />}
    </div>
  );
}

function chosenFrame(tree: CallTree, node: number, onlyName: boolean): ChosenFrame {
  const name = tree.labels[tree.label[node]];
  return { name, stack: onlyName ? [name] : stackOf(tree, node), total: total(tree, node) };
}

function graphLabel(sandwich: string | undefined, isSandwich: boolean, isInverted: boolean): string {
  if (isSandwich && sandwich !== undefined) {
    return t('flamegraph.sandwich.callees', 'Callees of {{name}}', {
      name: sandwich,
      ...RAW,
    });
  }
  return isInverted
    ? t('flamegraph.graph.inverted', 'Inverted flame graph')
    : t('flamegraph.graph.name', 'Flame graph');
}

const getStyles = (theme: GrafanaTheme2) => ({
  panes: css({ display: 'flex', flexDirection: 'column', flex: 1, minHeight: 0, gap: theme.spacing(1) }),
  pane: css({ display: 'flex', flex: 1, minWidth: 0, minHeight: 0, width: '100%', height: '100%' }),
});
