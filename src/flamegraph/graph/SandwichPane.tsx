import { css } from '@emotion/css';
import React, { useState } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useSplitter, useStyles2 } from '@grafana/ui';

import type { CallTree } from '../../engine/callTree';

import type { PagePoint } from './Graph';
import { GraphPane, type View } from './GraphPane';
import { RAW } from '../raw';

export interface SandwichPaneProps {
  readonly name: string;
  readonly callers: CallTree;
  /** The pane of the callees. */
  readonly children: React.ReactNode;
  readonly maxNames: number;
  onMenu(tree: CallTree, node: number, at: PagePoint): void;
}

/** A function between those that call it, above, and those that it calls, below. */
export function SandwichPane({ name, callers, children, maxNames, onMenu }: SandwichPaneProps) {
  const styles = useStyles2(getStyles);
  const { containerProps, primaryProps, secondaryProps, splitterProps } = useSplitter({
    direction: 'column',
    initialSize: 0.4,
  });
  const [view, setView] = useState<View>({ focus: [] });
  const [selection, setSelection] = useState<readonly string[]>();
  return (
    <div {...containerProps}>
      <div {...primaryProps}>
        <div className={styles.pane}>
          <GraphPane
            tree={callers}
            direction="flame"
            label={t('flamegraph.sandwich.callers', 'Callers of {{name}}', {
              name,
              ...RAW,
            })}
            view={view}
            onView={setView}
            selection={selection}
            onSelect={setSelection}
            onMenu={(node, at) => onMenu(callers, node, at)}
            maxNames={maxNames}
            showMinimap={false}
          />
        </div>
      </div>
      <div {...splitterProps} />
      <div {...secondaryProps}>
        <div className={styles.pane}>{children}</div>
      </div>
    </div>
  );
}

const getStyles = (_: GrafanaTheme2) => ({
  pane: css({ display: 'flex', flex: 1, minWidth: 0, minHeight: 0, width: '100%', height: '100%' }),
});
