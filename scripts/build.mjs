/** `npm run build [-- --all]`: the three plugins in dist/, with the backend of this platform or of every platform. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { buildAnyway } from './freshness.mjs';
import { installPackages } from './install.mjs';
import { BACKEND, FRONT_END } from './parts.mjs';
import { ROOT } from './project.mjs';
import { run, runTool } from './run.mjs';
import { missingTools } from './tools.mjs';

/** How many platforms the SDK's buildAll makes a backend for. */
const PLATFORMS = 6;

const DIST = path.join(ROOT, 'dist');
const { values: options } = parseArgs({ options: { all: { type: 'boolean', default: false } } });

async function must(code, what) {
  if ((await code) !== 0) {
    throw new Error(`${what} failed; see above.`);
  }
}

/** Files that plugin.json of a folder names, and those that Grafana asks for without being told. */
function filesOfPlugin(folder) {
  const manifest = JSON.parse(readFileSync(path.join(DIST, folder, 'plugin.json'), 'utf8'));
  const { id, info, languages = [], includes = [] } = manifest;
  const named = [
    'module.js',
    ...Object.values(info.logos ?? {}),
    ...(info.screenshots ?? []).map((screenshot) => screenshot.path),
    ...languages.map((language) => `locales/${language}/${id}.json`),
    ...includes.filter(({ type }) => type === 'dashboard').map((dashboard) => dashboard.path),
  ];
  return named.map((file) => path.join(folder, file));
}

/** @returns what a complete dist/ lacks */
function missing() {
  const plugins = ['', 'datasource', 'panel'];
  const manifests = plugins.map((folder) => path.join(folder, 'plugin.json'));
  const absentManifests = manifests.filter((file) => !existsSync(path.join(DIST, file)));
  if (absentManifests.length > 0) {
    return absentManifests;
  }
  const files = [
    ...plugins.flatMap(filesOfPlugin),
    'README.md',
    'CHANGELOG.md',
    'LICENSE',
    ...(options.all ? ['go_plugin_build_manifest'] : BACKEND.outputs.map((file) => path.relative('dist', file))),
  ];
  const absent = files.filter((file) => !existsSync(path.join(DIST, file)));
  const backends = readdirSync(path.join(DIST, 'datasource')).filter((name) => name.startsWith('gpx_flamewatch_'));
  return options.all && backends.length < PLATFORMS
    ? [...absent, `${PLATFORMS - backends.length} backends in datasource/`]
    : absent;
}

async function main() {
  const tools = missingTools();
  if (tools.length > 0) {
    throw new Error(tools.join('\n'));
  }
  await must(installPackages(), 'Installing the packages');
  const webpack = () => must(runTool('webpack', ['-c', 'webpack.config.ts', '--env', 'production']), 'The front end');
  await buildAnyway({ ...FRONT_END, build: webpack });
  const target = options.all ? 'buildAll' : 'build:backend';
  await buildAnyway({ ...BACKEND, build: () => must(run('go', ['tool', 'mage', target]), 'The backend') });
  if (options.all) {
    await must(run('go', ['tool', 'mage', 'build:generateManifestFile']), 'The manifest of the backend');
  }
  const absent = missing();
  if (absent.length > 0) {
    throw new Error(`dist/ is not complete, it lacks: ${absent.join(', ')}`);
  }
}

main().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
