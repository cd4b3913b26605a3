import { css } from '@emotion/css';
import React, { useMemo, useState } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, useStyles2 } from '@grafana/ui';

import type { CallTree } from '../../engine/callTree';
import type { LabelMatches } from '../../engine/search';
import { pathTo } from '../../engine/traverse';
import { useFlameGraph } from '../context';
import { costText } from '../facts/costText';
import { copyText } from '../graph/copyText';

/** Frames of a deep stack that are shown before the user asks for the rest; most say it by then. */
const FRAMES = 8;

export interface StackEntryProps {
  readonly tree: CallTree;
  /** Node at the end of the stack. */
  readonly end: number;
  readonly matches?: LabelMatches;
}

/** What a stack costs, and its frames from where the cost arose up to the root. */
export function StackEntry({ tree, end, matches }: StackEntryProps) {
  const styles = useStyles2(getStyles);
  const { change, scale } = useFlameGraph();
  const [isOpen, setIsOpen] = useState(false);
  const path = useMemo(() => pathTo(tree, end), [tree, end]);
  const frames = [...path].reverse();
  const shown = isOpen ? frames : frames.slice(0, FRAMES);
  const names = () => path.map((node) => tree.labels[tree.label[node]]);
  return (
    <li className={styles.stack}>
      <div className={styles.head}>
        <strong>{costText(tree.self[end], tree.diff?.selfRight[end] ?? 0, scale)}</strong>
        <Button
          size="sm"
          fill="text"
          icon="crosshair"
          onClick={() =>
            change({ layout: 'flame', inverted: false, sandwich: undefined, focus: names(), window: undefined })
          }
        >
          {t('flamegraph.stacks.show', 'Show in flame graph')}
        </Button>
        <Button size="sm" fill="text" icon="copy" onClick={() => void copyText(names().join('\n'))}>
          {t('flamegraph.menu.copy-stack', 'Copy stack')}
        </Button>
      </div>
      <ol className={styles.frames}>
        {shown.map((node) => {
          const name = tree.labels[tree.label[node]];
          return <li key={node}>{matches?.[tree.label[node]] === 1 ? <mark>{name}</mark> : name}</li>;
        })}
      </ol>
      {shown.length < frames.length && (
        <Button size="sm" fill="text" onClick={() => setIsOpen(true)}>
          {t('flamegraph.stacks.rest', '{{count}} more callers', { count: frames.length - shown.length })}
        </Button>
      )}
    </li>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  stack: css({ padding: theme.spacing(1), borderBottom: `1px solid ${theme.colors.border.weak}` }),
  head: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
  frames: css({
    listStyle: 'none',
    margin: 0,
    paddingLeft: theme.spacing(2),
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
    overflowWrap: 'anywhere',
  }),
});
