/** The parts of @grafana/flamegraph 13.0.1 that the bench calls; the package publishes no types for its files. */
declare module 'peer/FlameGraphContainer.mjs' {
  export function labelSearch(
    search: string,
    data: import('peer/FlameGraph/dataTransform.mjs').FlameGraphDataContainer
  ): Set<string>;
}
declare module 'peer/FlameGraph/dataTransform.mjs' {
  import type { DataFrame, GrafanaTheme2 } from '@grafana/data';
  export interface LevelItem {
    value: number;
  }
  export class CollapsedMap {}
  export class FlameGraphDataContainer {
    constructor(frame: DataFrame, options: { collapsing: boolean }, theme: GrafanaTheme2);
    getLevels(): LevelItem[][];
    getSandwichLevels(label: string): LevelItem[][][];
  }
}
declare module 'peer/FlameGraph/rendering.mjs' {
  import type { RefObject } from 'react';
  import type { CollapsedMap, FlameGraphDataContainer, LevelItem } from 'peer/FlameGraph/dataTransform.mjs';

  export function useFlameRender(options: {
    canvasRef: RefObject<HTMLCanvasElement | null>;
    data: FlameGraphDataContainer;
    root: LevelItem;
    depth: number;
    direction: 'children' | 'parents';
    wrapperWidth: number;
    rangeMin: number;
    rangeMax: number;
    matchedLabels: Set<string> | undefined;
    textAlign: 'left' | 'right';
    totalViewTicks: number;
    totalColorTicks: number;
    totalTicksRight: number | undefined;
    colorScheme: string;
    focusedItemData: undefined;
    collapsedMap: CollapsedMap;
  }): void;
}
declare module 'peer/TopTable/FlameGraphTopTableContainer.mjs' {
  export function buildFilteredTable(
    data: import('peer/FlameGraph/dataTransform.mjs').FlameGraphDataContainer
  ): Record<string, unknown>;
}
declare module 'peer/types.mjs' {
  export const ColorScheme: { PackageBased: string };
}
