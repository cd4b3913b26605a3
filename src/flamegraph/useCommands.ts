import type React from 'react';

import { stackOf } from '../engine/traverse';

import { useFlameGraph } from './context';
import { copyText } from './graph/copyText';
import { commandOf } from './graph/keys';
import { escapePattern } from './names/escapePattern';
import { withGraph } from './state/flameGraphState';

export interface CommandTargets {
  readonly selected: number | undefined;
  onClearSelection(): void;
  onStep(direction: 1 | -1): void;
  onSearch(): void;
  onShowKeys(): void;
}

/** Keys that work everywhere inside the flame graph, but not while text is typed. */
export function useCommands({ selected, onClearSelection, onStep, onSearch, onShowKeys }: CommandTargets) {
  const { state, change, shape } = useFlameGraph();
  const { tree } = shape;
  const name = selected === undefined ? undefined : tree.labels[tree.label[selected]];

  const reset = () => {
    if (state.focus.length > 0 || state.window) {
      change({ focus: [], window: undefined });
    } else if (state.search.text !== '') {
      change({ search: { ...state.search, text: '' } });
    } else if (selected !== undefined) {
      onClearSelection();
    } else if (state.sandwich !== undefined) {
      change({ sandwich: undefined });
    } else {
      return false;
    }
    return true;
  };

  /** Whether the key did something. */
  const run = (event: React.KeyboardEvent): boolean => {
    switch (commandOf(event, state.direction)) {
      case 'reset':
        return reset();
      case 'search':
        onSearch();
        return true;
      case 'next-match':
        onStep(1);
        return true;
      case 'previous-match':
        onStep(-1);
        return true;
      case 'invert':
        change({ inverted: !state.inverted, sandwich: undefined, focus: [], window: undefined });
        return true;
      case 'flip':
        change({ direction: state.direction === 'icicle' ? 'flame' : 'icicle' });
        return true;
      case 'keys':
        onShowKeys();
        return true;
      case 'sandwich':
        if (name !== undefined) {
          change({ layout: withGraph(state.layout), sandwich: name, focus: [], window: undefined });
        }
        return name !== undefined;
      case 'hide':
        if (name !== undefined) {
          const text = `^${escapePattern(name)}$`;
          change({ filters: [...state.filters, { kind: 'hide', text, regex: true, caseSensitive: true }] });
        }
        return name !== undefined;
      case 'copy-name':
        void (name !== undefined && copyText(name));
        return name !== undefined;
      case 'copy-stack':
        void (selected !== undefined && copyText(stackOf(tree, selected).join('\n')));
        return selected !== undefined;
      default:
        return false;
    }
  };

  return (event: React.KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (target.closest('input, textarea, select, [contenteditable="true"]') || event.defaultPrevented) {
      return;
    }
    if (run(event)) {
      event.preventDefault();
      // Grafana has keys of its own on the page.
      event.stopPropagation();
    }
  };
}
