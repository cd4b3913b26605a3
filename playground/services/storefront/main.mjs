/**
 * The playground's shop window, a demo in Node: it answers searches that it sends itself, and pushes its profiles (wall
 * clock, CPU, heap) with the real SDK. Its address of the profile store is in PROFILES_URL.
 */
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

import Pyroscope from '@pyroscope/nodejs';

import { CATALOGUE, searchCatalogue } from './catalogue.mjs';
import { renderPage } from './pages.mjs';

const SEARCHES = ['red kettle', 'navy rope', 'stove', 'sand mug', 'compass black'];
const PAUSE_MS = 30;

/** How often profiles are sent; the SDK's own default is a minute. */
const FLUSH_MS = Number(process.env.PROFILES_INTERVAL_MS ?? 10_000);

const serverAddress = process.env.PROFILES_URL;
if (!serverAddress) {
  process.stderr.write('storefront: PROFILES_URL is missing; set it to the address of a Pyroscope.\n');
  process.exit(1);
}

Pyroscope.init({
  serverAddress,
  appName: 'storefront',
  tags: { namespace: 'shop', version: 'v2.0.1', pod: 'storefront-0' },
  flushIntervalMs: FLUSH_MS,
  wall: { collectCpuTime: true, samplingDurationMs: FLUSH_MS },
});
Pyroscope.start();

/** A search and its page; the label tells the cost of this address from that of others. */
function answer(wanted) {
  return Pyroscope.wrapWithLabels({ endpoint: wanted ? '/search' : '/' }, () =>
    renderPage(wanted ?? 'all', wanted ? searchCatalogue(wanted) : CATALOGUE)
  );
}

const server = createServer((request, response) => {
  const { searchParams } = new URL(request.url ?? '/', 'http://storefront');
  response.setHeader('content-type', 'text/html; charset=utf-8').end(answer(searchParams.get('q') ?? undefined));
});

async function visit(port) {
  for (let turn = 0; server.listening; turn++) {
    const wanted = turn % 4 === 3 ? '' : `?q=${encodeURIComponent(SEARCHES[turn % SEARCHES.length])}`;
    const response = await fetch(`http://127.0.0.1:${port}/${wanted}`);
    await response.text();
    await pause(PAUSE_MS);
  }
}

let isStopping = false;
async function stop() {
  if (!isStopping) {
    isStopping = true;
    server.close();
    server.closeAllConnections();
    await Pyroscope.stop();
    process.exit(0);
  }
}
process.on('SIGINT', stop);
process.on('SIGTERM', stop);

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  process.stdout.write(`storefront: open at http://127.0.0.1:${port}, profiles go to ${serverAddress}\n`);
  visit(port).catch((error) => {
    if (!isStopping) {
      process.stderr.write(`storefront: ${error.message}\n`);
      process.exit(1);
    }
  });
});
