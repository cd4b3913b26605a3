import { cases } from './cases';
import { measure } from './measure';

/**
 * The engine's gates in Node, without a browser: bundle with esbuild and run with --expose-gc.
 *
 *   npx esbuild bench/engine/main.ts --bundle --platform=node --outfile=engine-bench.cjs
 *   node --expose-gc engine-bench.cjs [text in the name of a case]
 */
function heapUsed(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const RUNS = 9;
const wanted = process.argv[2] ?? '';

for (const engineCase of cases.filter(({ name }) => name.includes(wanted))) {
  const result = measure(engineCase, RUNS, globalThis.gc && heapUsed);
  if (result) {
    const { name, unit, gate, best, median, met } = result;
    const limit = gate === undefined ? '' : `gate ${gate} ${met ? 'met' : 'MISSED'}`;
    process.stdout.write(`${name.padEnd(48)} ${best.toFixed(1)} ${unit} (median ${median.toFixed(1)}) ${limit}\n`);
  }
}
