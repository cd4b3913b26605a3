/**
 * `node scripts/soak.mjs [--minutes 30] [--url http://localhost:3000]`: a dashboard's flame graph that is refreshed, zoomed,
 * searched and rearranged over and over; prints the page's memory after every round and fails when it grows, with the
 * classes of objects that there are more of. The page is the playground's (`npm start`). Not part of the tests: memory
 * needs time to show what it keeps.
 */
import { chromium } from '@playwright/test';
import { parseArgs } from 'node:util';

import { CHROMIUM_FLAGS, findChromium } from './chromium.mjs';
import { heapClasses } from './heapClasses.mjs';

const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    url: { type: 'string', default: 'http://localhost:3000' },
  },
});

/** Rounds that fill caches; memory is compared from then on. The browser goes on to compile what runs often. */
const WARM_UP = 3;
/** Actions of a round, each with a refresh. */
const ACTIONS_A_ROUND = 12;
/** What the page may keep more at the end than after the warm-up, as a share. */
const TOLERANCE = 0.1;
/** A class that has so many more objects a refresh is kept by somebody. */
const LEAK_PER_REFRESH = 0.5;

/** Bytes in use after a collection, array buffers included. */
async function usedMemory(session) {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize = 0 } = await session.send('Runtime.getHeapUsage');
  return usedSize + backingStorageSize;
}

async function refresh(page) {
  const answer = page.waitForResponse((response) => response.url().includes('/api/ds/query'));
  await page.getByTestId('data-testid RefreshPicker run button').click();
  await answer;
}

const ACTIONS = [
  async (page, graph) => {
    await graph.press('ArrowDown');
    await graph.press('ArrowDown');
    await graph.press('Enter');
  },
  async (page, graph) => graph.press('Escape'),
  async (page, graph) => graph.press('i'),
  async (page, graph) => graph.press('i'),
  async (page) => page.getByRole('search').getByRole('textbox').fill('serve'),
  async (page) => page.getByRole('search').getByRole('textbox').fill(''),
  async (page, graph) => graph.press('f'),
  async (page, graph) => graph.press('f'),
  ...['Calls', 'Stacks', 'Call graph', 'Both'].map(
    (name) => async (page) => page.getByRole('radio', { name, exact: true }).check({ force: true })
  ),
];

async function soak(page, until) {
  const session = await page.context().newCDPSession(page);
  await page.goto(`${options.url}/d/flamewatch-service-profile`);
  const graph = page.getByTestId('flamegraph-graph').first();
  await graph.waitFor({ timeout: 60_000 });
  const memory = [];
  let before;
  while (Date.now() < until || memory.length <= WARM_UP) {
    for (let k = 0; k < ACTIONS_A_ROUND; k++) {
      await ACTIONS[k % ACTIONS.length](page, graph);
      await refresh(page);
    }
    const [used, nodes] = [await usedMemory(session), await page.evaluate(() => document.querySelectorAll('*').length)];
    memory.push(used);
    if (memory.length === WARM_UP) {
      before = await heapClasses(session);
    }
    process.stdout.write(
      `round ${String(memory.length).padStart(4)}  ${(used / 1e6).toFixed(1).padStart(8)} MB  ${nodes} elements\n`
    );
  }
  return { memory: memory.slice(WARM_UP), before, after: await heapClasses(session) };
}

/** Prints where the bytes are, and the classes with more objects than before. */
function printClasses({ memory, before, after }) {
  const refreshes = memory.length * ACTIONS_A_ROUND;
  const mb = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;
  const change = (part) => `${mb(before.bytes[part])}, at the end ${mb(after.bytes[part])}`;
  process.stdout.write(
    `\nObjects and typed arrays of the page after the warm-up ${change('own')}; compiled functions ${change('code')}; ` +
      `the browser's own (elements, its records of requests and times) ${change('browser')}.\n`
  );
  const more = [...after.own]
    .map(([name, { count, bytes }]) => {
      const known = before.own.get(name) ?? { count: 0, bytes: 0 };
      return { name, count: (count - known.count) / refreshes, bytes: bytes - known.bytes };
    })
    .filter(({ count }) => count > LEAK_PER_REFRESH)
    .sort((a, b) => b.bytes - a.bytes);
  for (const { name, count, bytes } of more.slice(0, 20)) {
    process.stdout.write(
      `  ${count.toFixed(2).padStart(6)} a refresh  ${mb(bytes).padStart(10)}  ${name.slice(0, 60)}\n`
    );
  }
}

const browser = await chromium.launch({ executablePath: await findChromium(), args: CHROMIUM_FLAGS });
try {
  const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
  const faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  const soaked = await soak(page, Date.now() + Number(options.minutes) * 60_000);
  const { memory } = soaked;
  printClasses(soaked);
  // By thirds: single rounds go up and down with what the collector left.
  const third = Math.max(1, Math.floor(memory.length / 3));
  const least = (part) => (Math.min(...part) / 1e6).toFixed(1);
  const thirds = [memory.slice(0, third), memory.slice(third, -third), memory.slice(-third)].filter(
    ({ length }) => length
  );
  const growth = soaked.after.bytes.own / soaked.before.bytes.own - 1;
  process.stdout.write(
    `\n${memory.length} rounds of ${ACTIONS_A_ROUND} refreshes: scripts' heap by thirds of the run ${thirds.map(least).join(', ')} MB; ` +
      `the page's objects ${(growth * 100).toFixed(1)}% more\n`
  );
  if (faults.length > 0 || growth > TOLERANCE) {
    process.stdout.write(`${faults.join('\n')}\n${growth > TOLERANCE ? 'Memory grows.\n' : ''}`);
    process.exitCode = 1;
  }
} finally {
  await browser.close();
}
