/**
 * What the tests in the browser look at: a store with known profiles, the playground's page on it, and a second page
 * whose datasource points where nobody listens. Their addresses are in the environment of the tests.
 */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Children } from '../../scripts/children.mjs';
import { buildParts, program } from '../../scripts/parts.mjs';
import { freePort, untilAnswers } from '../../scripts/ports.mjs';
import { seed } from './seed.mjs';

const STARTS_WITHIN = 30_000;

/** What plays a scheduler of a control plane: the warehouse, of which a capture lasts a second at most. */
const SCHEDULER = `
        - id: scheduler
          name: Scheduler
          kind: kube-scheduler
          url: $WAREHOUSE_URL
          mostSeconds: 1
          labels:
            service_name: kube-scheduler
`;

/** The provisioning with one target more. */
async function provisioningIn(folder) {
  const copy = path.join(folder, 'provisioning');
  await cp('provisioning', copy, { recursive: true });
  const file = path.join(copy, 'datasources', 'flamewatch.yaml');
  const text = await readFile(file, 'utf8');
  await writeFile(
    file,
    text.replace(
      / +service_name: warehouse-service\n +namespace: shop\n/,
      (warehouse) => warehouse + SCHEDULER.slice(1)
    )
  );
  return copy;
}

async function startPage(children, name, profilesUrl, { warehouseUrl, provisioning, lines }) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { PROFILES_URL: profilesUrl, WAREHOUSE_URL: warehouseUrl };
  // Another page, made of another version of Grafana's packages: see scripts/compatPage.mjs.
  const folder = process.env.FLAMEWATCH_PAGE_FOLDER;
  const flags = [
    '--listen',
    `127.0.0.1:${port}`,
    '--provisioning',
    provisioning,
    ...(folder ? ['--page', folder] : []),
  ];
  children.start(name, program('playground'), flags, { env, print: lines });
  await untilAnswers(`${url}/api/health`, STARTS_WITHIN);
  return url;
}

export default async function setup() {
  await buildParts({ withPage: true }, (line) => process.stdout.write(`${line}\n`));
  const children = new Children();
  // Playwright ends its set-up on Ctrl-C only; killed otherwise, it would leave these programs behind.
  for (const signal of ['SIGTERM', 'SIGHUP']) {
    process.once(signal, () => process.exit(1));
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'flamewatch-tests-'));
  const log = [];
  const lines = (line) => log.push(line);
  const teardown = async () => {
    await children.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const store = `http://127.0.0.1:${await freePort()}`;
    const listen = store.replace('http://', '');
    children.start('store', program('store'), ['--listen', listen, '--data', folder], { print: lines });
    await untilAnswers(store, STARTS_WITHIN);
    await seed(store);
    // What captures are taken of.
    const warehouse = `http://127.0.0.1:${await freePort()}`;
    children.start('warehouse', program('warehouseservice'), ['--listen', warehouse.replace('http://', '')], {
      print: lines,
    });
    await untilAnswers(`${warehouse}/health`, STARTS_WITHIN);
    process.env.FLAMEWATCH_STORE = store;
    const provisioning = await provisioningIn(folder);
    const given = { warehouseUrl: warehouse, provisioning, lines };
    process.env.FLAMEWATCH_PAGE = await startPage(children, 'page', store, given);
    const nobody = `http://127.0.0.1:${await freePort()}`;
    process.env.FLAMEWATCH_PAGE_WITHOUT_SERVER = await startPage(children, 'page without server', nobody, {
      ...given,
      warehouseUrl: nobody,
    });
  } catch (error) {
    process.stderr.write(`${log.join('\n')}\n`);
    await teardown();
    throw error;
  }
  return teardown;
}
