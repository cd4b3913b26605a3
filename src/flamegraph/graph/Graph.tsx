import { css } from '@emotion/css';
import React, { useCallback, useEffect, useId, useRef, useState } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';

import type { CallTree } from '../../engine/callTree';
import type { Hit } from '../../engine/hitTest';
import type { Shares } from '../state/flameGraphState';
import type { Window } from '../paint/window';

import { ROW_HEIGHT, type Scene, Stage } from './Stage';

/** A point on the page in CSS pixels. */
export interface PagePoint {
  readonly x: number;
  readonly y: number;
}

export interface GraphProps {
  readonly scene: Scene;
  /** Node that fills the width unless `window` says otherwise. */
  readonly focus: number;
  readonly window?: Shares;
  readonly selected?: number;
  onFocus(node: number): void;
  onSelect(node: number | undefined): void;
  onMenu(node: number, at: PagePoint): void;
  onHover(hit: Hit | undefined, at: PagePoint): void;
  /** What the selected node is, for the screen reader. */
  readonly description: string;
}

/** The canvases, and what pointer and keyboard do on them. */
export function Graph(props: GraphProps) {
  const { scene, focus, window: shares, selected, onFocus, onSelect, onMenu, onHover, description } = props;
  const styles = useStyles2(getStyles);
  const scroller = useRef<HTMLDivElement>(null);
  const picture = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const [stage, setStage] = useState<Stage>();
  const descriptionId = useId();

  useEffect(() => {
    const created = new Stage({ scroller: scroller.current!, picture: picture.current!, overlay: overlay.current! });
    setStage(created);
    return () => created.dispose();
  }, []);

  const { tree } = scene;
  const wanted: Window = {
    left: shares ? shares.left * tree.end[0] : tree.start[focus],
    right: shares ? shares.right * tree.end[0] : tree.end[focus],
  };
  const shownTree = useRef<CallTree>();
  useEffect(() => {
    if (stage) {
      stage.setScene(scene);
      // A move within one picture is animated; another tree is another picture.
      stage.show({ left: wanted.left, right: wanted.right }, shownTree.current === tree);
      shownTree.current = tree;
    }
  }, [stage, scene, tree, wanted.left, wanted.right]);
  useEffect(() => stage?.setSelected(selected), [stage, selected]);
  useResize(stage, scroller);

  const hitAt = useCallback(
    (event: React.MouseEvent) => {
      const box = picture.current!.getBoundingClientRect();
      return stage?.hit(event.clientX - box.left, event.clientY - box.top);
    },
    [stage]
  );

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      role="application"
      aria-roledescription={t('flamegraph.graph.role', 'flame graph')}
      aria-label={t('flamegraph.graph.label', 'Flame graph. Arrow keys walk the tree, Enter zooms, ? lists all keys.')}
      aria-describedby={descriptionId}
      tabIndex={0}
      onScroll={() => stage?.schedule()}
      onPointerMove={(event) => {
        const hit = hitAt(event);
        stage?.setHovered(hit?.count === 1 ? hit.node : undefined);
        onHover(hit, { x: event.clientX, y: event.clientY });
      }}
      onPointerLeave={(event) => {
        stage?.setHovered(undefined);
        onHover(undefined, { x: event.clientX, y: event.clientY });
      }}
      onClick={(event) => {
        const hit = hitAt(event);
        onSelect(hit?.node);
        if (hit) {
          onMenu(hit.node, { x: event.clientX, y: event.clientY });
        }
      }}
      onDoubleClick={(event) => {
        const hit = hitAt(event);
        if (hit) {
          onFocus(hit.node);
        }
      }}
    >
      <div className={styles.sticky}>
        <canvas ref={picture} className={styles.canvas} data-testid="flamegraph-picture" />
        <canvas ref={overlay} className={styles.canvas} />
      </div>
      <div style={{ height: (tree.levelOffsets.length - 1) * ROW_HEIGHT }} />
      <div id={descriptionId} className={styles.hidden} aria-live="polite">
        {description}
      </div>
    </div>
  );
}

/** Keeps the canvases at the size of what scrolls over them, in device pixels also when the page's zoom changes. */
function useResize(stage: Stage | undefined, scroller: React.RefObject<HTMLDivElement>) {
  useEffect(() => {
    const element = scroller.current;
    if (!stage || !element) {
      return;
    }
    const resize = () => stage.resize(element.clientWidth, element.clientHeight, window.devicePixelRatio || 1);
    resize();
    const observer = new ResizeObserver(resize);
    observer.observe(element);
    return () => observer.disconnect();
  }, [stage, scroller]);
}

const getStyles = (theme: GrafanaTheme2) => ({
  scroller: css({
    position: 'relative',
    overflowX: 'hidden',
    overflowY: 'auto',
    height: '100%',
    flex: 1,
    minWidth: 0,
    cursor: 'pointer',
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
  }),
  sticky: css({ position: 'sticky', top: 0, left: 0, height: 0, zIndex: 0 }),
  canvas: css({ position: 'absolute', top: 0, left: 0, display: 'block' }),
  hidden: css({ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }),
});
