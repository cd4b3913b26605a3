/** The parts that the playground and the tests run: what each is made of, and how it is built. */
import path from 'node:path';

import { BIN, buildIfChanged } from './freshness.mjs';
import { ROOT } from './project.mjs';
import { runQuietly, toolPath } from './run.mjs';

const EXE = process.platform === 'win32' ? '.exe' : '';

/** @returns path of a program of cmd/ after it was built */
export const program = (name) => path.join(BIN, name + EXE);

const PROGRAMS = ['store', 'orderservice', 'warehouseservice', 'playground'];

export const FRONT_END = {
  name: 'front-end',
  title: 'the plugins’ front end',
  sources: [
    ...['src', 'provisioning/alerting', 'webpack.config.ts', '.config'],
    ...['package.json', 'package-lock.json', 'CHANGELOG.md', 'LICENSE', 'docs/img'],
  ],
  outputs: ['dist/module.js', 'dist/datasource/module.js', 'dist/panel/module.js'],
  build: () => runQuietly(toolPath('webpack'), ['-c', 'webpack.config.ts', '--env', 'production', '--env', 'cached']),
};

export const BACKEND = {
  name: 'backend',
  title: 'the datasource’s backend',
  sources: ['pkg', 'go.mod', 'go.sum', 'Magefile.go', 'src/datasource/plugin.json', 'package.json'],
  outputs: [`dist/datasource/gpx_flamewatch_${goPlatform()}${EXE}`],
  build: () => runQuietly('go', ['tool', 'mage', 'build:backend']),
};

const PAGE = {
  name: 'page',
  title: 'the playground’s page',
  sources: [
    'playground',
    'src/links',
    'src/flameql',
    'package-lock.json',
    'scripts/hostPage.mjs',
    'scripts/browserBundle.mjs',
  ],
  outputs: ['playground/dist/host.js', 'playground/dist/host.css'],
  // Only now: its bundler is one of the packages that are installed first.
  build: async () => (await import('./hostPage.mjs')).buildHostPage(),
};

const DEMO = {
  name: 'programs',
  title: 'the store and the demo services',
  sources: ['cmd', 'pkg', 'go.mod', 'go.sum'],
  outputs: PROGRAMS.map((name) => path.relative(ROOT, program(name))),
  build: () => runQuietly('go', ['build', '-o', BIN + path.sep, ...PROGRAMS.map((name) => `./cmd/${name}`)]),
};

/** Go's names of this platform. */
function goPlatform() {
  const os = { win32: 'windows' }[process.platform] ?? process.platform;
  return `${os}_${{ x64: 'amd64' }[process.arch] ?? process.arch}`;
}

async function buildInTurn(parts, say) {
  for (const part of parts) {
    const before = Date.now();
    if (await buildIfChanged(part)) {
      say(`Built ${part.title} in ${Math.round((Date.now() - before) / 1000)} s`);
    }
  }
}

/**
 * Builds what changed since the last time; JavaScript and Go side by side.
 *
 * @param {{ withPage: boolean }} what whether the playground's page is wanted
 * @param {(line: string) => void} say gets a line per part that was built
 */
export async function buildParts({ withPage }, say) {
  await Promise.all([buildInTurn(withPage ? [FRONT_END, PAGE] : [FRONT_END], say), buildInTurn([BACKEND, DEMO], say)]);
}
