/**
 * `npm run compat:page`: the playground's page made of two versions of Grafana's packages, and the tests in a browser that
 * touch every screen run against each. Versions of Grafana bring their own React, and a plugin that was built once meets
 * them all. The packages are installed in a temporary folder; the project's own stay as they are.
 *
 * `-- 13.2.3` tries another version than those below, `-- --all` runs every test.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { buildHostPage } from './hostPage.mjs';
import { ROOT } from './project.mjs';
import { run, runQuietly, runTool } from './run.mjs';

/** With React 18, and with React 19. */
const VERSIONS = ['12.4.10', '13.2.3'];

const GRAFANA = ['data', 'e2e-selectors', 'i18n', 'runtime', 'schema', 'ui'];

/** What the page shares with plugins besides; Grafana has the same. */
const BESIDES = ['@grafana/scenes', 'react-router', 'react-router-dom'];

const SPECS = [
  'app',
  'explore',
  'compare',
  'dashboard',
  'runbooks',
  'captures',
  'settings',
  'setup',
  'flameql',
  'files',
];

/** @returns the folder of packages of a version of Grafana, with the React that it asks for */
async function install(folder, version) {
  const { dependencies, devDependencies } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
  const peers = await runQuietly('npm', ['view', `@grafana/ui@${version}`, 'peerDependencies', '--json']);
  const { react, 'react-dom': reactDom } = JSON.parse(peers);
  const wanted = {
    react,
    'react-dom': reactDom,
    ...Object.fromEntries(GRAFANA.map((name) => [`@grafana/${name}`, version])),
    ...Object.fromEntries(BESIDES.map((name) => [name, dependencies[name] ?? devDependencies[name]])),
  };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: wanted }));
  await runQuietly('npm', ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund']);
  return path.join(folder, 'node_modules');
}

async function versionOf(packages, name) {
  return JSON.parse(await readFile(path.join(packages, name, 'package.json'), 'utf8')).version;
}

/** @returns whether the tests passed */
async function tryVersion(version, specs) {
  const folder = await mkdtemp(path.join(tmpdir(), 'flamewatch-page-'));
  try {
    const packages = await install(folder, version);
    const output = path.join(folder, 'page');
    await buildHostPage({ output, packages });
    process.stdout.write(`\n=== Grafana ${version}, React ${await versionOf(packages, 'react')}\n`);
    return (await runTool('playwright', ['test', ...specs], { FLAMEWATCH_PAGE_FOLDER: output })) === 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function main() {
  const { values, positionals } = parseArgs({
    options: { all: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  if ((await run('npm', ['run', 'build'])) !== 0) {
    throw new Error('The build failed; see above.');
  }
  const specs = values.all ? [] : SPECS.map((name) => `tests/${name}.spec.ts`);
  const failed = [];
  for (const version of positionals.length > 0 ? positionals : VERSIONS) {
    if (!(await tryVersion(version, specs))) {
      failed.push(version);
    }
  }
  if (failed.length > 0) {
    throw new Error(`Does not work with Grafana ${failed.join(', ')}`);
  }
}

main().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
