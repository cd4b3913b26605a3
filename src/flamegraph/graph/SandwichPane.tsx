import React, { useState } from 'react';

import { t } from '@grafana/i18n';

import type { CallTree } from '../../engine/callTree';
import { RAW } from '../raw';
import { SplitPanes } from '../SplitPanes';

import type { PagePoint } from './Graph';
import { GraphPane, type View } from './GraphPane';

export interface SandwichPaneProps {
  readonly name: string;
  readonly callers: CallTree;
  /** The pane of the callees. */
  readonly callees: React.ReactNode;
  readonly maxNames: number;
  onMenu(tree: CallTree, node: number, at: PagePoint): void;
}

/** A function between those that call it, above, and those that it calls, below. */
export function SandwichPane({ name, callers, callees, maxNames, onMenu }: SandwichPaneProps) {
  const [view, setView] = useState<View>({ focus: [] });
  const [selection, setSelection] = useState<readonly string[]>();
  return (
    <SplitPanes
      direction="column"
      initialShare={0.4}
      first={
        <GraphPane
          tree={callers}
          direction="flame"
          label={t('flamegraph.sandwich.callers', 'Callers of {{name}}', { name, ...RAW })}
          view={view}
          onView={setView}
          selection={selection}
          onSelect={setSelection}
          onMenu={(node, at) => onMenu(callers, node, at)}
          maxNames={maxNames}
          showMinimap={false}
        />
      }
      second={callees}
    />
  );
}
