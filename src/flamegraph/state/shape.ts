import type { CallTree } from '../../engine/callTree';
import { share } from '../../engine/change';
import { rescaleComparison } from '../../engine/diff';
import { collapsePackagesSteps } from '../../engine/filter/packages';
import { collapseRecursionSteps } from '../../engine/filter/recursion';
import { collapseSmallSteps } from '../../engine/filter/small';
import { dropStacksSteps, focusStacksSteps, hideFramesSteps } from '../../engine/filter/stacks';
import { type CallersTree, invertSteps } from '../../engine/invert';
import { sandwichSteps } from '../../engine/sandwich';
import { compileSearchFor, matchLabels } from '../../engine/search';
import type { Steps } from '../../engine/steps';

import type { Filter, FlameGraphState } from './flameGraphState';

/** The parts of the state that decide which trees are shown. */
export type ShapeRequest = Pick<FlameGraphState, 'filters' | 'inverted' | 'sandwich'> & { normalised: boolean };

/** What is drawn of a profile. */
export interface Shape {
  /** The profile after filters; what the table, the totals and the shares refer to. */
  readonly profile: CallTree;
  /** The tree of the flame graph: the profile, inverted, or the callees of the sandwiched function. */
  readonly tree: CallTree;
  /** Above the callees in a sandwich: the callers. */
  readonly callers?: CallTree;
  /** By what the comparison's values were multiplied; divide to have the real ones. */
  readonly comparisonScale: number;
  /** There when callers were left out because there are too many: on how many frames, and their share of the profile. */
  readonly leftOut?: { readonly frames: number; readonly share: number };
}

/** Builds the trees that a request asks for. A filter whose pattern is no regular expression, or
 * could take minutes, is left out. */
export function* shapeSteps(base: CallTree, request: ShapeRequest): Steps<Shape> {
  let profile = base;
  for (const filter of request.filters) {
    profile = yield* filterSteps(profile, filter);
  }
  let comparisonScale = 1;
  if (profile.diff && request.normalised) {
    comparisonScale = scaleToBaseline(profile);
    profile = rescaleComparison(profile, comparisonScale);
  }
  const label = request.sandwich === undefined ? -1 : profile.labels.indexOf(request.sandwich);
  if (label >= 0) {
    const { callers, callees } = yield* sandwichSteps(profile, label);
    return { profile, tree: callees, callers: callers.tree, comparisonScale, ...leftOutOf(callers, profile) };
  }
  if (request.inverted) {
    const inverted = yield* invertSteps(profile);
    return { profile, tree: inverted.tree, comparisonScale, ...leftOutOf(inverted, profile) };
  }
  return { profile, tree: profile, comparisonScale };
}

function leftOutOf({ tree, truncated }: CallersTree, profile: CallTree): Pick<Shape, 'leftOut'> {
  let frames = 0;
  let value = 0;
  for (let node = 0; node < truncated.length; node++) {
    if (truncated[node] === 1) {
      frames++;
      value += tree.end[node] - tree.start[node];
    }
  }
  return frames === 0 ? {} : { leftOut: { frames, share: share(value, profile.end[0]) } };
}

/** Scale of the comparison with which both sides have the same total; 1 if one side is empty. */
function scaleToBaseline({ end, start, diff }: CallTree): number {
  const right = diff ? diff.totalRight[0] : 0;
  const left = end[0] - start[0] - right;
  return left > 0 && right > 0 ? left / right : 1;
}

function* filterSteps(tree: CallTree, filter: Filter): Steps<CallTree> {
  switch (filter.kind) {
    case 'recursion':
      return yield* collapseRecursionSteps(tree, filter.recursion);
    case 'packages':
      return yield* collapsePackagesSteps(tree);
    case 'small':
      return yield* collapseSmallSteps(tree, filter.share);
    default: {
      const { test } = compileSearchFor(filter, tree.labels);
      if (!test || filter.text === '') {
        return tree;
      }
      const matches = matchLabels(tree, test);
      const steps = { focus: focusStacksSteps, ignore: dropStacksSteps, hide: hideFramesSteps }[filter.kind];
      return yield* steps(tree, matches);
    }
  }
}
