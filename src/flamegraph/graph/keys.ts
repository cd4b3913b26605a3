import { t } from '@grafana/i18n';

/** What a key does. */
export type Command =
  | 'caller'
  | 'callee'
  | 'left'
  | 'right'
  | 'focus'
  | 'widen'
  | 'reset'
  | 'zoom-in'
  | 'zoom-out'
  | 'pan-left'
  | 'pan-right'
  | 'scroll-up'
  | 'scroll-down'
  | 'menu'
  | 'sandwich'
  | 'hide'
  | 'copy-name'
  | 'copy-stack'
  | 'search'
  | 'next-match'
  | 'previous-match'
  | 'invert'
  | 'flip'
  | 'keys';

type KeyPress = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

const WITH_SHIFT: Record<string, Command> = {
  ArrowLeft: 'pan-left',
  ArrowRight: 'pan-right',
  ArrowUp: 'scroll-up',
  ArrowDown: 'scroll-down',
  F10: 'menu',
};

const KEYS: Record<string, Command> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Enter: 'focus',
  Backspace: 'widen',
  Escape: 'reset',
  Home: 'reset',
  '+': 'zoom-in',
  '=': 'zoom-in',
  '-': 'zoom-out',
  ContextMenu: 'menu',
  m: 'menu',
  s: 'sandwich',
  h: 'hide',
  c: 'copy-name',
  C: 'copy-stack',
  '/': 'search',
  n: 'next-match',
  N: 'previous-match',
  i: 'invert',
  f: 'flip',
  '?': 'keys',
};

/** The command of a key press, or undefined; up and down go the way they look. */
export function commandOf(event: KeyPress, direction: 'icicle' | 'flame'): Command | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return undefined;
  }
  if (event.shiftKey && WITH_SHIFT[event.key]) {
    return WITH_SHIFT[event.key];
  }
  if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
    return (event.key === 'ArrowUp') === (direction === 'icicle') ? 'caller' : 'callee';
  }
  return KEYS[event.key];
}

export interface KeyDescription {
  readonly keys: readonly string[];
  readonly does: string;
}

/** Every key with what it does, for the overview. */
export function keyDescriptions(): readonly KeyDescription[] {
  return [
    { keys: ['↑', '↓', '←', '→'], does: t('flamegraph.keys.walk', 'Walk to caller, heaviest callee and neighbours') },
    { keys: ['Enter'], does: t('flamegraph.keys.focus', 'Focus the selected frame') },
    { keys: ['Backspace'], does: t('flamegraph.keys.widen', 'Focus its caller') },
    { keys: ['Esc'], does: t('flamegraph.keys.reset', 'Reset zoom, then search, then selection') },
    { keys: ['+', '−'], does: t('flamegraph.keys.zoom', 'Zoom in and out') },
    { keys: ['Shift + ←', 'Shift + →'], does: t('flamegraph.keys.pan', 'Pan') },
    { keys: ['Shift + ↑', 'Shift + ↓'], does: t('flamegraph.keys.scroll', 'Scroll over the levels') },
    { keys: ['/'], does: t('flamegraph.keys.search', 'Search') },
    { keys: ['n', 'N'], does: t('flamegraph.keys.matches', 'Next and previous match') },
    { keys: ['m'], does: t('flamegraph.keys.menu', 'Menu of the selected frame') },
    { keys: ['s'], does: t('flamegraph.keys.sandwich', 'Callers and callees of the selected function') },
    { keys: ['h'], does: t('flamegraph.keys.hide', 'Hide the selected function') },
    { keys: ['c', 'C'], does: t('flamegraph.keys.copy', 'Copy name, copy stack') },
    { keys: ['i'], does: t('flamegraph.keys.invert', 'Invert the tree') },
    { keys: ['f'], does: t('flamegraph.keys.flip', 'Root on top or at the bottom') },
    { keys: ['?'], does: t('flamegraph.keys.keys', 'Show these keys') },
    {
      keys: [t('flamegraph.keys.wheel-key', 'Ctrl + wheel')],
      does: t('flamegraph.keys.wheel', 'Zoom about the pointer; a pinch does too'),
    },
    { keys: [t('flamegraph.keys.drag-key', 'Drag')], does: t('flamegraph.keys.drag', 'Pan') },
    { keys: [t('flamegraph.keys.brush-key', 'Shift + drag')], does: t('flamegraph.keys.brush', 'Zoom to a range') },
    {
      keys: [t('flamegraph.keys.double-click-key', 'Double-click')],
      does: t('flamegraph.keys.double-click', 'Focus a frame'),
    },
  ];
}
