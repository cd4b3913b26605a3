/** What `npm start` says when it cannot start; each case ends before anything is installed or built. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmod, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';

import { ROOT } from './project.mjs';

const folder = await mkdtemp(path.join(tmpdir(), 'flamewatch-start-'));
after(() => rm(folder, { recursive: true, force: true }));

/** @returns exit code and what was printed on standard error */
function start(env, nodeArgs = [], script = path.join(ROOT, 'scripts', 'start.mjs')) {
  const child = spawn(process.execPath, [...nodeArgs, script], {
    env: { ...process.env, PORT: '', PROFILES_URL: '', GRAFANA_HOME: '', GRAFANA_BIN: '', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said: said.trim() })));
}

async function refuses(sentence, env, nodeArgs) {
  const { code, said } = await start(env, nodeArgs);
  assert.match(said, sentence);
  assert.equal(said.split('\n').length, 1, 'one sentence');
  assert.equal(code, 1);
}

test('a port in use', async () => {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  try {
    await refuses(
      new RegExp(`^Port ${port} is in use; choose another one, for example PORT=${port + 1} npm start\\.$`),
      {
        PORT: String(port),
      }
    );
  } finally {
    server.close();
  }
});

test('a port that is none', () =>
  refuses(/^PORT=http is not a port; use a number from 1 to 65535\.$/, { PORT: 'http' }));

test('an address of profiles that is none', () =>
  refuses(/^PROFILES_URL=localhost:4040 is not an address like http:\/\/localhost:4040\.$/, {
    PROFILES_URL: 'localhost:4040',
  }));

test('half a Grafana', () =>
  refuses(/^GRAFANA_HOME \(.*\) and GRAFANA_BIN \(.*\) must be set together\.$/, { GRAFANA_HOME: folder }));

test('a Grafana that is not there', () =>
  refuses(/is no Grafana: there is no conf\/defaults\.ini\.$/, {
    GRAFANA_HOME: folder,
    GRAFANA_BIN: process.execPath,
  }));

test('no Go', () => refuses(/^Go was not found: Flamewatch needs Go 1\.\d+ or newer/, { PATH: folder }));

test('a Go that is too old', { skip: process.platform === 'win32' && 'needs a shell script' }, async () => {
  const go = path.join(await mkdtemp(path.join(folder, 'old-')), 'go');
  await writeFile(go, '#!/bin/sh\necho go1.19.4\n');
  await chmod(go, 0o755);
  await refuses(/^go1\.19\.4 is too old: Flamewatch needs Go 1\.\d+\.\d+ or newer/, {
    PATH: `${path.dirname(go)}${path.delimiter}${process.env.PATH}`,
  });
});

test('a Node that is too old', () => {
  const older = 'Object.defineProperty(process,"versions",{value:{...process.versions,node:"18.20.0"}})';
  return refuses(/^Node 18\.20\.0 is too old: Flamewatch needs Node 20 or newer/, {}, [
    '--import',
    `data:text/javascript,${encodeURIComponent(older)}`,
  ]);
});

for (const name of ['start', 'build', 'test']) {
  test(`nothing that npm ${name} needs at first is a package`, async () => {
    const clone = path.join(folder, `clone-${name}`);
    await cp(path.join(ROOT, 'scripts'), path.join(clone, 'scripts'), { recursive: true });
    const { code, said } = await start({ PATH: folder }, [], path.join(clone, 'scripts', `${name}.mjs`));
    assert.match(said, /^Go was not found/);
    assert.equal(code, 1);
  });
}
