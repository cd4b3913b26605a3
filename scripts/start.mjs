/**
 * `npm start`: builds what changed, then runs a profile store, demo services (in Go, Node and Python, which push their
 * profiles, and one from which the store pulls them), and a page to look at (or the Grafana that the environment names).
 * Ctrl-C ends all of it.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { Children } from './children.mjs';
import { grafanaCommand, grafanaOfEnvironment } from './grafana.mjs';
import { installPackages } from './install.mjs';
import { buildParts, program } from './parts.mjs';
import { freePort, isFree, portOf, untilAnswers } from './ports.mjs';
import { ROOT } from './project.mjs';
import { startRecommender, startStorefront } from './services.mjs';
import { missingTools } from './tools.mjs';

const STORE_PORT = 4040;
const WAREHOUSE_PORT = 6060;
const DATA = path.join(ROOT, 'playground-data');
const VERSIONS = ['v1.4.2', 'v1.4.3'];

/** How long a part may take until it answers, in ms. A Grafana makes its database first. */
const STARTS_WITHIN = 30_000;
const GRAFANA_STARTS_WITHIN = 180_000;

const say = (line) => process.stdout.write(`${line}\n`);

function urlOfEnvironment(name, example) {
  const text = process.env[name];
  if (!text) {
    return undefined;
  }
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new Error(`${name}=${text} is not an address like ${example}.`);
  }
  return text.replace(/\/+$/, '');
}

/** Starts the store; it pulls what the file lists, where there is one. */
async function startStore(children, pulled) {
  const port = await freePort(STORE_PORT);
  if (port !== STORE_PORT) {
    say(`Port ${STORE_PORT} is in use; the store takes ${port}.`);
  }
  const url = `http://127.0.0.1:${port}`;
  const args = ['--listen', `127.0.0.1:${port}`, '--data', path.join(DATA, 'store')];
  children.start('store', program('store'), pulled ? [...args, '--pull', pulled] : args);
  await orEnds(children, untilAnswers(url, STARTS_WITHIN));
  return url;
}

/**
 * Starts the demo that is pulled, and of which profiles can be captured.
 *
 * @returns its address, and the file that tells it to the store
 */
async function startWarehouse(children) {
  const address = `127.0.0.1:${await freePort(WAREHOUSE_PORT)}`;
  children.start('warehouse-service', program('warehouseservice'), ['--listen', address]);
  const config = await readFile(path.join(ROOT, 'playground', 'pull.yaml'), 'utf8');
  const file = path.join(DATA, 'pull.yaml');
  await mkdir(DATA, { recursive: true });
  await writeFile(file, config.replaceAll(`127.0.0.1:${WAREHOUSE_PORT}`, address));
  await orEnds(children, untilAnswers(`http://${address}/health`, STARTS_WITHIN));
  return { file, url: `http://${address}` };
}

/** Starts the demos that push profiles, and spans where somebody takes them. */
function startDemo(children, profilesUrl, tracesUrl = '') {
  for (const version of VERSIONS) {
    const args = ['--version', version, '--profiles-url', profilesUrl, '--traces-url', tracesUrl];
    children.start(`order-service ${version}`, program('orderservice'), args);
  }
  startStorefront(children, profilesUrl);
  // Its packages may have to be installed; nothing waits for it.
  startRecommender(children, profilesUrl, path.join(DATA, 'python'), stopped.signal).catch((error) => {
    if (!stopped.signal.aborted) {
      say(`The demo in Python is left out: ${error.message}.`);
    }
  });
}

async function startPage(children, port, urls) {
  const args = ['--listen', `127.0.0.1:${port}`];
  children.start('page', program('playground'), args, {
    env: { PROFILES_URL: urls.profilesUrl, WAREHOUSE_URL: urls.warehouseUrl },
  });
  await orEnds(children, untilAnswers(`http://127.0.0.1:${port}/api/health`, STARTS_WITHIN));
}

async function startGrafana(children, grafana, port, urls) {
  const folder = path.join(DATA, 'grafana');
  const { command, args, env } = await grafanaCommand(grafana, { port, folder, ...urls });
  children.start('grafana', command, args, { env });
  await orEnds(children, untilAnswers(`http://127.0.0.1:${port}/api/health`, GRAFANA_STARTS_WITHIN));
}

/** Waits for something that a program must do, and no longer when one ends meanwhile. */
async function orEnds(children, wanted) {
  const ended = children.oneEnded.then((sentence) => {
    throw new Error(`${sentence}.`);
  });
  await Promise.race([wanted, ended]);
}

async function main(children) {
  const absent = missingTools();
  if (absent.length > 0) {
    throw new Error(absent.join('\n'));
  }
  const grafana = grafanaOfEnvironment();
  const wantedProfiles = urlOfEnvironment('PROFILES_URL', 'http://localhost:4040');
  const wantedTraces = urlOfEnvironment('TRACES_URL', 'http://localhost:4318');
  const port = portOf('PORT', 3000);
  if (!(await isFree(port))) {
    throw new Error(`Port ${port} is in use; choose another one, for example PORT=${port + 1} npm start.`);
  }
  if ((await installPackages()) !== 0) {
    throw new Error('The packages could not be installed; see above.');
  }
  await buildParts({ withPage: !grafana }, say);

  const withDemo = process.env.DEMO !== 'off';
  const warehouse = withDemo ? await startWarehouse(children) : undefined;
  // Only our own store pulls.
  const profilesUrl = wantedProfiles ?? (await startStore(children, warehouse?.file));
  if (withDemo) {
    // Without a Grafana the page lists the spans.
    startDemo(children, profilesUrl, wantedTraces ?? (grafana ? undefined : `http://127.0.0.1:${port}`));
  }
  // Without the demo nothing answers there, and a capture says so.
  const urls = { profilesUrl, warehouseUrl: warehouse?.url ?? `http://127.0.0.1:${WAREHOUSE_PORT}` };
  await (grafana ? startGrafana(children, grafana, port, urls) : startPage(children, port, urls));
  const demo = withDemo ? ', and the demo’s first profiles arrive in ten seconds' : '';
  say(`\nProfiles are at ${profilesUrl}${demo}.`);
  say(`Open http://localhost:${port}/${grafana ? 'explore' : ''}   (Ctrl-C ends everything)\n`);
  throw new Error(`${await children.oneEnded}; the rest is stopped.`);
}

const children = new Children();
const stopped = new AbortController();
let stopping;
function stop(code) {
  stopped.abort();
  stopping ??= children.stop().then(() => process.exit(code));
  return stopping;
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => stop(0));
}
main(children).catch((error) => {
  if (!stopping) {
    process.stderr.write(`\n${error.message}\n`);
  }
  return stop(1);
});
