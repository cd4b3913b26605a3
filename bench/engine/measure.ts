import type { EngineCase } from './cases';

export interface Result {
  name: string;
  unit: EngineCase['unit'];
  gate?: number;
  /** Fastest of all runs: what the work takes when nothing else is in the way. Of memory the most that was seen. */
  best: number;
  median: number;
  met: boolean;
}

/**
 * Runs one case a number of times.
 *
 * @param heapUsed bytes held by the program after a garbage collection; needed by cases that measure memory
 */
export function measure(engineCase: EngineCase, runs: number, heapUsed?: () => number): Result | undefined {
  const { name, unit, gate } = engineCase;
  if (unit === 'MB' && !heapUsed) {
    return undefined;
  }
  const { run, repeats = 1 } = engineCase.prepare();
  const values: number[] = [];
  for (let k = 0; k < runs; k++) {
    values.push(unit === 'MB' ? megabytesKept(run, heapUsed!) : milliseconds(run));
  }
  const scale = unit === 'us' ? 1000 / repeats : 1 / repeats;
  values.sort((a, b) => a - b);
  const best = (unit === 'MB' ? values[values.length - 1] : values[0]) * scale;
  return {
    name,
    unit,
    gate,
    best,
    median: values[values.length >> 1] * scale,
    met: gate === undefined || best <= gate,
  };
}

function milliseconds(run: () => unknown): number {
  const from = performance.now();
  const made = run();
  const took = performance.now() - from;
  if (made === undefined) {
    throw new Error('The case made nothing.');
  }
  return took;
}

function megabytesKept(run: () => unknown, heapUsed: () => number): number {
  const before = heapUsed();
  const made = run();
  const kept = heapUsed() - before;
  return made === undefined ? NaN : kept / 2 ** 20;
}
