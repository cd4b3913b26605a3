import { css } from '@emotion/css';
import React, { useEffect, useRef } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';

import { buildOverview } from '../paint/overview';
import { panBy, type Window, zoomAbout } from '../paint/window';
import { useSize } from '../state/useSize';

import type { Scene, Stage } from './Stage';

/** CSS pixels. */
const HEIGHT = 36;
/** A pointer this near to an edge of the shown part moves that edge. */
const GRIP = 6;
const WHEEL_ZOOM = 0.002;

export interface MinimapProps {
  readonly scene: Scene;
  readonly stage: Stage;
  onSettled(window: Window): void;
}

/**
 * The whole tree in small, with the shown part marked: drag the part to pan, its edges to widen or narrow it, elsewhere
 * to choose another. The keyboard does the same on the graph itself, so this is for pointers only.
 */
export function Minimap({ scene, stage, onSettled }: MinimapProps) {
  const styles = useStyles2(getStyles);
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const part = useRef<HTMLDivElement>(null);
  const { width } = useSize(box);

  useEffect(() => {
    const context = canvas.current?.getContext('2d', { alpha: false });
    if (!canvas.current || !context || width === 0) {
      return;
    }
    const ratio = window.devicePixelRatio || 1;
    const size = { width: Math.round(width * ratio), height: Math.round(HEIGHT * ratio) };
    Object.assign(canvas.current, size);
    const { tree, direction, style, emphasis } = scene;
    const pixels = buildOverview(tree, { ...size, direction }, style, emphasis);
    const image = context.createImageData(size.width, size.height);
    new Uint32Array(image.data.buffer).set(pixels);
    context.putImageData(image, 0, 0);
  }, [scene, width]);

  useEffect(() => {
    const mark = ({ left, right }: Window) => {
      if (part.current) {
        part.current.style.left = `${(left / stage.total) * 100}%`;
        part.current.style.width = `max(2px, ${((right - left) / stage.total) * 100}%)`;
      }
    };
    mark(stage.window);
    return stage.subscribe(mark);
  }, [stage, scene.tree]);

  const drag = useRef<(position: number) => Window>();
  const positionOf = (event: Pick<MouseEvent, 'clientX'>) => {
    const { left, width: whole } = box.current!.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - left) / whole)) * stage.total;
  };

  const wheel = useRef<(event: WheelEvent) => void>();
  useEffect(() => {
    wheel.current = (event) => {
      const share = positionOf(event) / stage.total;
      onSettled(zoomAbout(stage.window, Math.exp(event.deltaY * WHEEL_ZOOM), share, stage.total));
    };
  });
  useEffect(() => {
    const element = box.current;
    const onWheel = (event: WheelEvent) => {
      if (event.ctrlKey || event.metaKey) {
        // React listens passively, and the browser would zoom the page besides.
        event.preventDefault();
        wheel.current?.(event);
      }
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, []);

  return (
    <div
      ref={box}
      className={styles.box}
      aria-hidden
      data-testid="flamegraph-minimap"
      onPointerDown={(event) => {
        if (event.button === 0) {
          event.currentTarget.setPointerCapture(event.pointerId);
          drag.current = dragFrom(stage, positionOf(event), (GRIP / Math.max(1, width)) * stage.total);
        }
      }}
      onPointerMove={(event) => {
        if (drag.current) {
          stage.show(drag.current(positionOf(event)), false);
        }
      }}
      onPointerUp={() => {
        if (drag.current) {
          drag.current = undefined;
          onSettled(stage.window);
        }
      }}
      onDoubleClick={() => onSettled({ left: 0, right: stage.total })}
    >
      <canvas ref={canvas} className={styles.canvas} />
      <div ref={part} className={styles.part} />
    </div>
  );
}

/** What a drag that begins at a position does: moves an edge, moves the part, or draws a new one. */
function dragFrom(stage: Pick<Stage, 'window' | 'total'>, from: number, grip: number): (position: number) => Window {
  const { left, right } = stage.window;
  const { total } = stage;
  const ordered = (a: number, b: number): Window => (a < b ? { left: a, right: b } : { left: b, right: a });
  const isWhole = left <= 0 && right >= total;
  if (!isWhole && Math.abs(from - left) <= grip) {
    return (position) => ordered(position, right);
  }
  if (!isWhole && Math.abs(from - right) <= grip) {
    return (position) => ordered(left, position);
  }
  if (!isWhole && from > left && from < right) {
    return (position) => panBy({ left, right }, (position - from) / (right - left), total);
  }
  return (position) => (Math.abs(position - from) <= grip / 2 ? { left, right } : ordered(from, position));
}

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({
    position: 'relative',
    flex: 'none',
    height: HEIGHT,
    cursor: 'crosshair',
    touchAction: 'none',
    borderBottom: `1px solid ${theme.colors.border.weak}`,
  }),
  canvas: css({ display: 'block', width: '100%', height: '100%', opacity: 0.7 }),
  part: css({
    position: 'absolute',
    top: 0,
    bottom: 0,
    border: `1px solid ${theme.colors.text.primary}`,
    background: theme.colors.action.hover,
    pointerEvents: 'none',
  }),
});
