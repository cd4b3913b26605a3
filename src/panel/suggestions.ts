import type { DataFrame, VisualizationSuggestion, VisualizationSuggestionsSupplier } from '@grafana/data';

import { isFlameFrame } from './flameFrame';
import type { FlameGraphOptions } from './options';

/** VisualizationSuggestionScore.Best; the enumeration is no value of Grafana 12.2's @grafana/data. */
const BEST = 100;

/** Suggests the panel for flame graph frames, and for nothing else. */
export const suggest: VisualizationSuggestionsSupplier<FlameGraphOptions> = ({ rawFrames }) =>
  suggestionsFor(rawFrames ?? []);

export function suggestionsFor(frames: readonly DataFrame[]): Array<VisualizationSuggestion<FlameGraphOptions>> {
  return frames.some(isFlameFrame)
    ? [{ score: BEST, cardOptions: { previewModifier: ({ options }) => void (options && (options.layout = 'flame')) } }]
    : [];
}
