/** `npm run build [-- --all]`: the three plugins in dist/, with the backend of this platform or of every platform. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { ROOT } from './project.mjs';
import { run, runTool } from './run.mjs';

/** Mage's targets by Node's names of a platform. */
const TARGETS = {
  'linux x64': 'build:linux',
  'linux arm64': 'build:linuxARM64',
  'linux arm': 'build:linuxARM',
  'darwin x64': 'build:darwin',
  'darwin arm64': 'build:darwinARM64',
  'win32 x64': 'build:windows',
};

/** How many backends buildAll makes. */
const ALL_BACKENDS = Object.keys(TARGETS).length;

const { values: options } = parseArgs({ options: { all: { type: 'boolean', default: false } } });

function targets() {
  if (options.all) {
    return ['buildAll', 'build:generateManifestFile'];
  }
  const platform = `${process.platform} ${process.arch}`;
  const target = TARGETS[platform];
  if (!target) {
    process.stderr.write(
      `No backend can be built for ${platform}; there is one for ${Object.keys(TARGETS).join(', ')}.\n`
    );
    process.exit(1);
  }
  return [target];
}

/** What a complete dist/ lacks. */
function missing() {
  const files = ['', 'datasource', 'panel'].flatMap((folder) => [
    path.join(folder, 'module.js'),
    path.join(folder, 'plugin.json'),
    path.join(folder, 'img', 'logo.svg'),
  ]);
  const absent = [
    ...files,
    'README.md',
    'CHANGELOG.md',
    'LICENSE',
    ...(options.all ? ['go_plugin_build_manifest'] : []),
  ].filter((file) => !existsSync(path.join(ROOT, 'dist', file)));
  const folder = path.join(ROOT, 'dist', 'datasource');
  const backends = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith('gpx_flamewatch_')) : [];
  const wanted = options.all ? ALL_BACKENDS : 1;
  return backends.length < wanted ? [...absent, `${wanted - backends.length} backends in datasource/`] : absent;
}

const steps = [
  () => runTool('webpack', ['-c', 'webpack.config.ts', '--env', 'production']),
  ...targets().map((target) => () => run('go', ['tool', 'mage', target])),
];
for (const step of steps) {
  const code = await step();
  if (code !== 0) {
    process.exit(code);
  }
}
const absent = missing();
if (absent.length > 0) {
  process.stderr.write(`dist/ is not complete, it lacks: ${absent.join(', ')}\n`);
  process.exit(1);
}
