/**
 * `npm run bench [-- --json FILE] [-- --only TEXT]`: engine and painter beside @grafana/flamegraph, on the same
 * profiles, in the same browser, in one run. Each measurement has a page of its own; one that takes longer than a
 * minute is ended and shown as what happened.
 */
import { chromium } from '@playwright/test';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { bundleForBrowser } from '../scripts/browserBundle.mjs';
import { CHROMIUM_FLAGS, findChromium } from '../scripts/chromium.mjs';
import { ROOT } from '../scripts/project.mjs';
import { printTable } from './table.mjs';

const LIMIT_MS = 60_000;
const PEER = path.join(ROOT, 'node_modules', '@grafana', 'flamegraph', 'dist', 'esm');

const { values: options } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string' } } });

/** The bench's page as one script. */
async function bundlePage(folder) {
  const outfile = path.join(folder, 'bench.js');
  await bundleForBrowser({
    entryPoints: [path.join(ROOT, 'bench', 'page', 'main.ts')],
    outfile,
    alias: { peer: PEER },
  });
  return outfile;
}

/** Bytes of the page's heap that are in use after a collection, array buffers included. */
async function usedHeap(session) {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize = 0 } = await session.send('Runtime.getHeapUsage');
  return usedSize + backingStorageSize;
}

/** What the page keeps after a case, in MB (10^6 bytes), over what it holds without it. */
async function retained(page, row, side) {
  const session = await page.context().newCDPSession(page);
  await page.evaluate(([s, shape]) => window.bench.run(s, 'retained', shape), [side, row.shape]);
  const held = await usedHeap(session);
  await page.evaluate(() => window.bench.forget());
  return (held - (await usedHeap(session))) / 1e6;
}

/** A number, or a word for what happened instead. */
async function measure(script, row, side) {
  const browser = await chromium.launch({ executablePath: await findChromium(), args: CHROMIUM_FLAGS });
  let timer;
  try {
    const page = await browser.newPage({ deviceScaleFactor: row.dpr ?? 1, viewport: { width: 1700, height: 900 } });
    // A page with an origin: what is bundled reads localStorage, which about:blank does not have.
    await page.route('http://bench.test/', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html>' })
    );
    await page.goto('http://bench.test/');
    const failure = new Promise((_, reject) => page.once('pageerror', reject));
    failure.catch(() => undefined);
    await Promise.race([page.addScriptTag({ path: script }), failure]);
    const work =
      row.run === 'retained'
        ? retained(page, row, side)
        : page.evaluate(([s, run, shape]) => window.bench.run(s, run, shape), [side, row.run, row.shape]);
    const limit = new Promise((resolve) => (timer = setTimeout(() => resolve('over 60 s'), LIMIT_MS)));
    return await Promise.race([work.catch((error) => `exception: ${firstLine(error)}`), limit]);
  } finally {
    clearTimeout(timer);
    await browser.close();
  }
}

function firstLine(error) {
  return String(error.message)
    .split('\n')[0]
    .replace(/^page\.evaluate: /, '');
}

function judged(row, measured, peer) {
  const ratio = typeof measured === 'number' && typeof peer === 'number' ? peer / measured : null;
  const gateMet = typeof measured === 'number' && measured <= (row.gate ?? Infinity);
  // A peer that cannot do it at all is beaten by any ratio.
  const ratioMet = row.ratioGate === undefined || typeof peer !== 'number' || (ratio ?? 0) >= row.ratioGate;
  const { name, shape, unit, gate = null, ratioGate = null } = row;
  return { name, nodes: shape, unit, gate, ratioGate, measured, peer, ratio, met: gateMet && ratioMet };
}

const folder = await mkdtemp(path.join(os.tmpdir(), 'flamewatch-bench-'));
try {
  const script = await bundlePage(folder);
  const { ROWS } = await loadRows(folder);
  const rows = [];
  for (const row of ROWS.filter(({ name, run }) => !options.only || `${name} ${run}`.includes(options.only))) {
    const measured = await measure(script, row, 'ours');
    const peer = row.withoutPeer ? 'has none' : await measure(script, row, 'peer');
    rows.push(judged(row, measured, peer));
    printTable([rows.at(-1)], rows.length === 1);
  }
  if (options.json) {
    await writeFile(options.json, `${JSON.stringify({ rows }, null, 2)}\n`);
  }
  const missed = rows.filter(({ met }) => !met);
  process.stdout.write(
    missed.length === 0
      ? '\nAll gates are met.\n'
      : `\nMissed: ${missed.map(({ name, nodes }) => `${name} (${nodes})`).join(', ')}\n`
  );
  process.exitCode = missed.length === 0 ? 0 : 1;
} finally {
  await rm(folder, { recursive: true });
}

/** The rows are TypeScript; Node reads them once they are bundled. */
async function loadRows(into) {
  const { build } = await import('esbuild');
  const outfile = path.join(into, 'rows.mjs');
  await build({ entryPoints: [path.join(ROOT, 'bench', 'page', 'rows.ts')], outfile, format: 'esm', bundle: true });
  return import(outfile);
}
