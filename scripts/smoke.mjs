/**
 * `npm run smoke`: starts docker-compose.yaml, asks the Grafana in it what a person would look at first, and takes it down
 * again. `npm run smoke -- --url http://localhost:3000` asks one that runs already, and leaves it alone; it need not have a
 * Prometheus and a Tempo.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { ROOT } from './project.mjs';
import { run } from './run.mjs';

const COMPOSE_URL = 'http://127.0.0.1:3000';
const DATASOURCE = 'flamewatch';
const APP = 'flamewatch-profiles-app';
const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';

/** What must have profiles: pushed by the SDK in two versions, and pulled. */
const SELECTORS = [
  '{service_name="order-service", version="v1.4.2"}',
  '{service_name="order-service", version="v1.4.3"}',
  '{service_name="warehouse-service"}',
];

/** What must be in the datasources beside the profiles, by uid: a name, what to ask, and how to find it in the answer. */
const BESIDES = {
  prometheus: [
    'Prometheus has durations of requests',
    'api/v1/query?query=http_server_request_duration_seconds_count',
    ({ data }) => data?.result?.length > 0,
  ],
  tempo: [
    'Tempo has spans with profiles',
    `api/search?limit=1&q=${encodeURIComponent('{ resource.service.name = "order-service" && span.pyroscope.profile.id != nil }')}`,
    ({ traces }) => traces?.length > 0,
  ],
};

/** How long until everything has to be right, and how long one answer may take, in ms. */
const WITHIN = 240_000;
const ANSWERS_WITHIN = 20_000;
const PAUSE = 5_000;

/** @returns the answer's JSON; throws an Error that names the address and what was wrong */
async function ask(url, body) {
  const response = await fetch(url, {
    method: body ? 'POST' : 'GET',
    headers: body ? { 'Content-Type': 'application/json' } : {},
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(ANSWERS_WITHIN),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${url} answers ${response.status}: ${text.slice(0, 300)}`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${url} answers no JSON: ${text.slice(0, 300)}`);
  }
}

async function hasProfiles(url, labelSelector) {
  const to = Date.now();
  const { results } = await ask(`${url}/api/ds/query`, {
    from: String(to - 15 * 60_000),
    to: String(to),
    queries: [
      {
        refId: 'A',
        datasource: { type: 'flamewatch-profiles-datasource', uid: DATASOURCE },
        queryType: 'profile',
        profileTypeId: CPU,
        labelSelector,
        groupBy: [],
      },
    ],
  });
  const nodes = results?.A?.frames?.[0]?.data?.values?.[0]?.length ?? 0;
  if (nodes < 2) {
    throw new Error(`${labelSelector} has no CPU profiles${results?.A?.error ? `: ${results.A.error}` : ''}`);
  }
}

/** @returns those datasources beside the profiles that this Grafana has */
async function whichBesides(url) {
  const found = await Promise.all(
    Object.keys(BESIDES).map((uid) =>
      ask(`${url}/api/datasources/uid/${uid}`).then(
        () => uid,
        () => undefined
      )
    )
  );
  return found.filter(Boolean);
}

/** @returns what is asked, by name; each throws where something is wrong */
export async function checks(url, besides = Object.keys(BESIDES)) {
  const folder = path.join(ROOT, 'src', 'dashboards');
  const dashboards = await Promise.all(
    (await readdir(folder)).map(async (file) => JSON.parse(await readFile(path.join(folder, file), 'utf8')))
  );
  return {
    'Grafana is healthy': () => ask(`${url}/api/health`),
    'The app is switched on': async () => {
      const { enabled } = await ask(`${url}/api/plugins/${APP}/settings`);
      if (!enabled) {
        throw new Error(`${APP} is installed and not enabled`);
      }
    },
    'The datasource reaches Pyroscope': async () => {
      const { status, message } = await ask(`${url}/api/datasources/uid/${DATASOURCE}/health`);
      if (status !== 'OK') {
        throw new Error(`the datasource is ${status}: ${message}`);
      }
    },
    'The dashboards are there': async () => {
      const found = new Set((await ask(`${url}/api/search?limit=1000`)).map(({ uid }) => uid));
      const missing = dashboards.filter(({ uid }) => !found.has(uid));
      if (missing.length > 0) {
        throw new Error(`without ${missing.map(({ title }) => title).join(', ')}`);
      }
    },
    ...Object.fromEntries(SELECTORS.map((selector) => [`Profiles of ${selector}`, () => hasProfiles(url, selector)])),
    ...Object.fromEntries(
      besides.map((uid) => {
        const [name, question, isIn] = BESIDES[uid];
        return [
          name,
          async () => {
            if (!isIn(await ask(`${url}/api/datasources/proxy/uid/${uid}/${question}`))) {
              throw new Error(`${uid} answers, and has none`);
            }
          },
        ];
      })
    ),
  };
}

/**
 * Asks until everything is right, or time is up.
 *
 * @returns the names of what is still wrong, with the last reason
 */
export async function smoke(url, { within = WITHIN, pause = PAUSE, say = () => {}, besides } = {}) {
  const end = Date.now() + within;
  const open = new Map(Object.entries(await checks(url, besides)));
  const reasons = new Map();
  for (;;) {
    for (const [name, check] of open) {
      try {
        await check();
        open.delete(name);
        reasons.delete(name);
        say(`ok    ${name}`);
      } catch (error) {
        reasons.set(name, error.cause ? `${error.message}: ${error.cause.message ?? error.cause}` : error.message);
      }
    }
    if (open.size === 0 || Date.now() + pause > end) {
      return reasons;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

async function main() {
  const { values } = parseArgs({ options: { url: { type: 'string' } } });
  const composed = values.url === undefined;
  const url = (values.url ?? COMPOSE_URL).replace(/\/+$/, '');
  const say = (line) => process.stdout.write(`${line}\n`);
  if (composed && (await run('docker', ['compose', 'version'])) !== 0) {
    say('Docker with its plugin compose is needed; or give the address of a Grafana that runs, as --url http://...');
    return 1;
  }
  let code = 0;
  try {
    if (composed) {
      code = await run('docker', ['compose', 'up', '--build', '--detach', '--wait', '--wait-timeout', '300']);
    }
    if (code === 0) {
      const wrong = await smoke(url, { say, besides: composed ? undefined : await whichBesides(url) });
      wrong.forEach((reason, name) => say(`WRONG ${name}: ${reason}`));
      code = wrong.size === 0 ? 0 : 1;
    }
    if (composed && code !== 0) {
      await run('docker', ['compose', 'ps', '--all']);
      await run('docker', ['compose', 'logs', '--tail', '50']);
    }
  } finally {
    if (composed) {
      await run('docker', ['compose', 'down', '--volumes']);
    }
  }
  return code;
}

if (process.argv[1] === import.meta.filename) {
  process.exit(await main());
}
