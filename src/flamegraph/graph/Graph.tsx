import { css } from '@emotion/css';
import React, { memo, useId, useRef } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';

import type { Hit } from '../../engine/hitTest';
import type { Window } from '../paint/window';

import { pictureHeight, type Scene, type Stage } from './Stage';
import { useStage } from './useStage';

/** A point of the page in CSS pixels. */
export interface PagePoint {
  readonly x: number;
  readonly y: number;
}

export interface GraphProps {
  readonly stage: Stage;
  readonly scene: Scene;
  readonly window: Window;
  readonly focus: number;
  readonly selected?: number;
  readonly label: string;
  /** The selected node in words, read out when it changes. */
  readonly description: string;
  onSettled(window: Window): void;
  onHover(hit: Hit | undefined, at: PagePoint): void;
  onClick(hit: Hit | undefined, at: PagePoint): void;
  onDoubleClick(hit: Hit): void;
  onKeyDown(event: React.KeyboardEvent): void;
}

/** The canvases of one tree; knows pixels and events but not what they mean. */
export const Graph = memo(function Graph(props: GraphProps) {
  const { stage, scene, window: shown, focus, selected, label, description, onSettled } = props;
  const styles = useStyles2(getStyles);
  const scroller = useRef<HTMLDivElement>(null);
  const picture = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const descriptionId = useId();
  const ratio = useStage(stage, { scroller, picture, overlay }, { scene, window: shown, focus, selected, onSettled });

  const at = (event: React.MouseEvent): PagePoint => ({ x: event.clientX, y: event.clientY });
  const hit = (event: React.MouseEvent): Hit | undefined => {
    const box = event.currentTarget.getBoundingClientRect();
    return stage.hit(event.clientX - box.left, event.clientY - box.top);
  };

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      role="application"
      aria-roledescription={t('flamegraph.graph.role', 'flame graph')}
      aria-label={label}
      aria-describedby={descriptionId}
      tabIndex={0}
      data-testid="flamegraph-graph"
      onScroll={() => stage.repaint()}
      onPointerMove={(event) => {
        const under = event.buttons === 0 ? hit(event) : undefined;
        stage.setHovered(under?.count === 1 ? under.node : undefined);
        props.onHover(under, at(event));
      }}
      onPointerLeave={(event) => {
        stage.setHovered(undefined);
        props.onHover(undefined, at(event));
      }}
      onClick={(event) => props.onClick(hit(event), at(event))}
      onContextMenu={(event) => {
        event.preventDefault();
        props.onClick(hit(event), at(event));
      }}
      onDoubleClick={(event) => {
        const under = hit(event);
        if (under) {
          props.onDoubleClick(under);
        }
      }}
      onKeyDown={props.onKeyDown}
    >
      <div className={styles.sticky} aria-hidden>
        <canvas ref={picture} className={styles.canvas} data-testid="flamegraph-picture" />
        <canvas ref={overlay} className={styles.canvas} />
      </div>
      <div style={{ height: pictureHeight(scene.tree, ratio) }} />
      <div id={descriptionId} className={styles.hidden} aria-live="polite">
        {description}
      </div>
    </div>
  );
});

const getStyles = (theme: GrafanaTheme2) => ({
  scroller: css({
    position: 'relative',
    overflowX: 'hidden',
    overflowY: 'auto',
    flex: 1,
    minHeight: 0,
    minWidth: 0,
    cursor: 'pointer',
    // One finger scrolls over the levels as everywhere; sideways moves and two fingers are the graph's.
    touchAction: 'pan-y',
    userSelect: 'none',
    '&:focus': { outline: 'none' },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
  }),
  sticky: css({ position: 'sticky', top: 0, left: 0, height: 0 }),
  hidden: css({ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }),
  canvas: css({ position: 'absolute', top: 0, left: 0, display: 'block' }),
});
