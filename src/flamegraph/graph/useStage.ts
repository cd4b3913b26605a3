import { type RefObject, useEffect, useRef, useState } from 'react';

import type { CallTree } from '../../engine/callTree';
import type { Window } from '../paint/window';

import { attachGestures } from './gestures';
import { type Scene, Stage } from './Stage';

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

/** The stage on the canvases, kept in step with what is asked of it. */
export function useStage(refs: StageRefs, { scene, window: wanted, focus, selected, onSettled }: StageRequest) {
  const [stage, setStage] = useState<Stage>();
  const { scroller, picture, overlay } = refs;

  useEffect(() => {
    if (!scroller.current || !picture.current || !overlay.current) {
      return;
    }
    const created = new Stage({ scroller: scroller.current, picture: picture.current, overlay: overlay.current });
    setStage(created);
    return () => created.dispose();
  }, [scroller, picture, overlay]);

  const settled = useRef(onSettled);
  useEffect(() => {
    settled.current = onSettled;
  });
  const shownTree = useRef<CallTree>();
  useEffect(() => {
    stage?.setScene(scene);
  }, [stage, scene]);
  useEffect(() => {
    // A move within one picture is animated; another tree is another picture.
    stage?.show({ left: wanted.left, right: wanted.right }, shownTree.current === scene.tree);
    shownTree.current = stage && scene.tree;
  }, [stage, scene.tree, wanted.left, wanted.right]);
  useEffect(() => {
    if (focus !== 0) {
      stage?.bringRowIntoView(focus);
    }
  }, [stage, focus]);
  useEffect(() => {
    stage?.setSelected(selected);
    if (selected !== undefined && stage?.bringIntoView(selected)) {
      settled.current(stage.window);
    }
  }, [stage, selected]);

  useEffect(() => {
    const element = scroller.current;
    if (!stage || !element) {
      return;
    }
    // Also called when the page's zoom changes, which changes the number of device pixels.
    const resize = () => stage.resize(element.clientWidth, element.clientHeight, window.devicePixelRatio || 1);
    resize();
    const observer = new ResizeObserver(resize);
    observer.observe(element);
    return () => observer.disconnect();
  }, [stage, scroller]);

  useEffect(() => {
    const element = scroller.current;
    if (stage && element) {
      return attachGestures(element, stage, () => settled.current(stage.window));
    }
    return undefined;
  }, [stage, scroller]);

  return stage;
}
