import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import React, { useState } from 'react';

import type { CallTree } from '../../engine/callTree';
import { treeOf } from '../../engine/testing/trees';

import { FlameGraph, type FlameGraphProps } from '../FlameGraph';
import { DEFAULT_STATE, type FlameGraphState } from '../state/flameGraphState';

/** A small profile of a shop: 100 in all. */
export const SHOP = treeOf([
  { stack: ['main', 'serve', 'cart.Add', 'json.Encode'], left: 40, right: 0 },
  { stack: ['main', 'serve', 'cart.List'], left: 30, right: 0 },
  { stack: ['main', 'gc'], left: 20, right: 0 },
  { stack: ['main', 'serve'], left: 10, right: 0 },
]);

/** The shop before and after a change; both sides add up to 100. */
export const SHOP_DIFF = treeOf(
  [
    { stack: ['main', 'stays'], left: 40, right: 40 },
    { stack: ['main', 'grows'], left: 10, right: 30 },
    { stack: ['main', 'shrinks'], left: 30, right: 10 },
    { stack: ['main', 'goes'], left: 20, right: 0 },
    { stack: ['main', 'comes'], left: 0, right: 20 },
  ],
  true
);

/** Renders a flame graph that keeps its state; `state()` is what it is now. */
export function renderFlameGraph(
  tree: CallTree,
  initial: Partial<FlameGraphState> = {},
  props: Partial<FlameGraphProps> = {}
) {
  let current: FlameGraphState = { ...DEFAULT_STATE, ...initial };
  function Host() {
    const [state, setState] = useState(current);
    current = state;
    return (
      <div style={{ height: 600 }}>
        <FlameGraph
          tree={tree}
          formatValue={(value) => `${value} s`}
          state={state}
          onStateChange={(change) => setState((before) => ({ ...before, ...change }))}
          {...props}
        />
      </div>
    );
  }
  return { user: userEvent.setup(), ...render(<Host />), state: () => current };
}

/** Gives elements the size that jsdom does not know, so that virtual lists have rows. */
export function withLayout() {
  const sizes = [
    jest.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(600),
    jest.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(1200),
  ];
  return () => sizes.forEach((size) => size.mockRestore());
}
