import { isObject, numberOf, textOf } from './json';
import type { PartBuilder } from './partBuilder';

/** Frame of V8's callFrame, whose lines count from 0. Functions without a name are called as Chrome calls them. */
export function v8Frame(part: PartBuilder, callFrame: unknown): number {
  const { functionName, url, lineNumber } = isObject(callFrame) ? callFrame : {};
  const line = numberOf(lineNumber);
  return part.frame(textOf(functionName) || '(anonymous)', textOf(url), line === undefined ? undefined : line + 1);
}
