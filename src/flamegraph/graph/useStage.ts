import { type RefObject, useEffect, useRef, useState } from 'react';

import type { CallTree } from '../../engine/callTree';
import type { Window } from '../paint/window';

import { attachGestures } from './gestures';
import type { Scene, Stage } from './Stage';

export interface StageRefs {
  readonly scroller: RefObject<HTMLDivElement>;
  readonly picture: RefObject<HTMLCanvasElement>;
  readonly overlay: RefObject<HTMLCanvasElement>;
}

export interface StageRequest {
  readonly scene: Scene;
  readonly window: Window;
  readonly focus: number;
  readonly selected?: number;
  /** Told the window that a gesture or a key has led to. */
  onSettled(window: Window): void;
}

/** Puts the stage on its canvases and keeps it in step with what is asked of it. Returns the device pixel ratio. */
export function useStage(stage: Stage, refs: StageRefs, request: StageRequest): number {
  const { scene, window: wanted, focus, selected, onSettled } = request;
  const { scroller, picture, overlay } = refs;
  const [ratio, setRatio] = useState(() => window.devicePixelRatio || 1);
  const settled = useRef(onSettled);
  useEffect(() => {
    settled.current = onSettled;
  });

  useEffect(() => {
    const element = scroller.current;
    if (!element || !picture.current || !overlay.current) {
      return;
    }
    stage.attach({ scroller: element, picture: picture.current, overlay: overlay.current });
    // Also called when the page's zoom changes, which changes the number of device pixels.
    const resize = () => {
      const now = window.devicePixelRatio || 1;
      stage.resize(element.clientWidth, element.clientHeight, now);
      setRatio(now);
    };
    const observer = new ResizeObserver(resize);
    observer.observe(element);
    const detachGestures = attachGestures(element, stage, () => settled.current(stage.window));
    return () => {
      detachGestures();
      observer.disconnect();
      stage.detach();
    };
  }, [stage, scroller, picture, overlay]);

  const shownTree = useRef<CallTree>();
  useEffect(() => stage.setScene(scene), [stage, scene]);
  useEffect(() => {
    // A move within one picture is animated; another tree is another picture.
    stage.show({ left: wanted.left, right: wanted.right }, shownTree.current === scene.tree);
    shownTree.current = scene.tree;
  }, [stage, scene.tree, wanted.left, wanted.right]);
  useEffect(() => {
    if (focus !== 0) {
      stage.bringRowIntoView(focus);
    }
  }, [stage, focus]);
  useEffect(() => {
    stage.setSelected(selected);
    if (selected !== undefined && stage.bringIntoView(selected)) {
      settled.current(stage.window);
    }
  }, [stage, selected]);
  return ratio;
}
