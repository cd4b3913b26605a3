/** What the checks of `npm run package` find in zips that are broken in one way each. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { sectionOf } from './release/changelog.mjs';
import { checkRelease } from './release/check.mjs';
import { hashOf, unsignedManifest } from './release/folder.mjs';
import { packZip, readZip } from './release/zip.mjs';

const ID = 'flamewatch-profiles-app';
const VERSION = '1.2.3';

function manifestOf(type, id, more = {}) {
  return JSON.stringify({
    type,
    name: 'A plugin',
    id,
    languages: ['en-US'],
    info: {
      author: { name: 'Flamewatch' },
      description: 'Profiles.',
      keywords: ['profiling'],
      logos: { small: 'img/logo.svg', large: 'img/logo.svg' },
      screenshots: [],
      version: VERSION,
      updated: '2026-01-02',
    },
    dependencies: { grafanaDependency: '>=12.2.5', plugins: [] },
    buildMode: 'production',
    ...more,
  });
}

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>';
const PLATFORMS = ['darwin_amd64', 'darwin_arm64', 'linux_amd64', 'linux_arm', 'linux_arm64', 'windows_amd64.exe'];
const BACKEND = { backend: true, executable: 'gpx_flamewatch' };

/** What the repository is taken to have below src/. */
const sourceOf = (file) => (file.endsWith('module.tsx') ? `// ${file}` : undefined);

/** A source map of sources, by their path below src/. */
const mapOf = (contents) =>
  JSON.stringify({
    version: 3,
    sources: Object.keys(contents).map((file) => `webpack://${ID}/${file}`),
    sourcesContent: Object.values(contents),
    mappings: '',
  });

const NESTED = [
  { type: 'datasource', name: 'Profiles', path: 'datasource/plugin.json' },
  { type: 'panel', name: 'Flame graph', path: 'panel/plugin.json' },
];

function pluginFiles(folder, type, id, more) {
  return {
    [`${folder}plugin.json`]: manifestOf(type, id, more),
    [`${folder}module.js`]: 'define([], function () {});',
    [`${folder}module.js.map`]: mapOf({
      [`../node_modules/react/index.js`]: 'not ours',
      [`./${folder}module.tsx?inline`]: sourceOf(`./${folder}module.tsx`),
    }),
    [`${folder}img/logo.svg`]: SVG,
    [`${folder}locales/en-US/${id}.json`]: '{}',
  };
}

const RIGHT = {
  ...pluginFiles('', 'app', ID, { includes: NESTED }),
  ...pluginFiles('datasource/', 'datasource', 'flamewatch-profiles-datasource', BACKEND),
  ...pluginFiles('panel/', 'panel', 'flamewatch-flamegraph-panel'),
  ...Object.fromEntries(PLATFORMS.map((name) => [`datasource/gpx_flamewatch_${name}`, 'a program'])),
  'README.md': '# A plugin, see [Pyroscope](https://grafana.com/oss/pyroscope/)',
  'CHANGELOG.md': '## 1.2.3\n\n- First.',
  LICENSE: 'Apache License',
};

/** Texts as packed files, programs executable; undefined leaves one out. */
function filesOf(texts) {
  const present = Object.entries(texts).filter(([, text]) => text !== undefined);
  return new Map(
    present.map(([name, text]) => [name, { bytes: Buffer.from(text), mode: name.includes('gpx_') ? 0o755 : 0o644 }])
  );
}

/** @returns what is found wrong with a zip of the right files, changed */
function problemsWith(changes = {}, change = () => undefined, root = ID) {
  const files = filesOf({ ...RIGHT, ...changes });
  change(files);
  const zip = packZip(root, files);
  return checkRelease(readZip(zip), { id: ID, version: VERSION, size: zip.length, sourceOf });
}

test('a right zip, and the same zip for the same files', () => {
  assert.deepEqual(problemsWith(), []);
  assert.ok(packZip(ID, filesOf(RIGHT)).equals(packZip(ID, filesOf(RIGHT))));
});

test('a zip keeps which files are programs', () => {
  const entries = readZip(packZip(ID, filesOf(RIGHT)));
  assert.equal(entries.get(`${ID}/datasource/gpx_flamewatch_linux_amd64`).mode, 0o755);
  assert.equal(entries.get(`${ID}/module.js`).mode, 0o644);
  assert.throws(() => readZip(Buffer.from('no zip, but long enough to hold an end')), /no zip/);
  const damaged = packZip(ID, filesOf(RIGHT));
  damaged.writeUInt32LE(0, damaged.readUInt32LE(damaged.length - 6));
  assert.throws(() => readZip(damaged), /directory is damaged at byte \d+/);
});

const app = (more) => ({ 'plugin.json': manifestOf('app', ID, more) });
const info = JSON.parse(manifestOf('app', ID)).info;

for (const [what, changes, reason] of [
  ['no plugin.json', { 'plugin.json': undefined }, /^plugin.json is missing$/],
  ['no nested panel', { 'panel/plugin.json': undefined }, /^panel\/plugin.json is missing$/],
  ['a plugin.json that is none', { 'plugin.json': '{' }, /plugin.json is no JSON/],
  ['a version not filled in', app({ info: { ...info, version: '%VERSION%' } }), /still says %VERSION%/],
  ['a version that is none', app({ info: { ...info, version: '1.2' } }), /\/info\/version must match/],
  ['versions that differ', app({ info: { ...info, version: '1.2.4' } }), /has version 1.2.4, the zip 1.2.3/],
  ['a misspelled field', app({ includs: [] }), /additional properties \(includs\)/],
  ['a build for development', app({ buildMode: 'development' }), /\/buildMode must be equal to constant/],
  ['a fixed Grafana', app({ dependencies: { grafanaDependency: '12.2.5' } }), /grafanaDependency must match/],
  ['another type', { 'panel/plugin.json': manifestOf('app', 'flamewatch-x-app') }, /ends with -panel is expected/],
  ['no logo', { 'img/logo.svg': undefined }, /names img\/logo.svg, which is not there/],
  [
    'a logo outside',
    app({ info: { ...info, logos: { small: '../a.svg', large: 'img/logo.svg' } } }),
    /names \.\.\/a\.svg/,
  ],
  ['no screenshot', app({ info: { ...info, screenshots: [{ name: 'a', path: 'img/a.png' }] } }), /names img\/a.png/],
  ['no texts', { 'locales/en-US/flamewatch-profiles-app.json': undefined }, /names locales\/en-US/],
  [
    'no dashboard',
    app({ includes: [{ type: 'dashboard', name: 'a', path: 'dashboards/a.json' }] }),
    /dashboards\/a.json/,
  ],
  ['a platform less', { 'datasource/gpx_flamewatch_linux_arm64': undefined }, /linux_arm64, a backend, is missing/],
  ['no licence', { LICENSE: undefined }, /LICENSE is missing or empty/],
  ['an empty README', { 'README.md': ' \n' }, /README.md is missing or empty/],
  ['a relative link', { 'README.md': 'See [this](docs/a.md).' }, /links docs\/a.md, which leads nowhere/],
  ['a relative picture', { 'CHANGELOG.md': '![a](img/a.png "b")' }, /links img\/a.png/],
  ['packages', { 'node_modules/a/index.js': '1' }, /does not belong into a release/],
  ['sources', { 'module.tsx': '1' }, /module.tsx does not belong/],
  ['a key', { 'img/signing.pem': '1' }, /signing.pem does not belong/],
  ['a drawing that runs', { 'img/b.svg': '<svg onload="a()"/>' }, /holds something that runs/],
  ['no source map', { 'panel/module.js.map': undefined }, /panel\/module.js.map, the source map, is missing/],
  ['paths of a machine', { 'module.js.map': '{"sources":["/home/a/b.ts"]}' }, /names \/home\/a\/b.ts/],
  [
    'a source map under another name',
    { 'module.js.map': '{"sources":["webpack://panel/./module.tsx"],"sourcesContent":[""]}' },
    /names webpack:\/\/panel\/.\/module.tsx, which does not begin with webpack:\/\/flamewatch-profiles-app/,
  ],
  [
    'a source that the repository has not',
    { 'module.js.map': mapOf({ './virtual.js': 'made by the build' }) },
    /virtual.js, which is not what src\/ has there/,
  ],
  [
    'another source than the repository has',
    { 'panel/module.js.map': mapOf({ './panel/module.tsx': 'changed' }) },
    /panel\/module.tsx, which is not what src\/ has there/,
  ],
  [
    'a nested plugin that the app does not name',
    { 'plugin.json': manifestOf('app', ID, { includes: NESTED.slice(1) }) },
    /does not include the datasource with the path datasource\/plugin.json/,
  ],
  ['a broken source map', { 'module.js.map': '{' }, /is no source map/],
  ['a development build', { 'module.js': 'self.webpackHotUpdate = 1' }, /is a development build/],
  ['a signature that is none', { 'MANIFEST.txt': 'hello' }, /holds no signed list/],
]) {
  test(what, () => {
    const found = problemsWith(changes);
    assert.equal(found.length, 1, found.join('\n'));
    assert.match(found[0], reason);
  });
}

test('a backend that nobody may run, and a text that everybody may', () => {
  const wrong = problemsWith({}, (files) => {
    files.get('datasource/gpx_flamewatch_linux_amd64').mode = 0o644;
    files.get('README.md').mode = 0o755;
  });
  assert.equal(wrong.length, 2, wrong.join('\n'));
  assert.match(wrong[0], /linux_amd64 has mode 644; 755 is needed/);
  assert.match(wrong[1], /README.md is executable/);
});

test('another root folder, and paths that leave it', () => {
  assert.match(problemsWith({}, undefined, 'dist')[0], /has to be in the folder flamewatch-profiles-app\//);
  assert.match(problemsWith({ '../evil': 'x' })[0], /\.\.\/evil is not/);
});

test('too large', () => {
  const entries = readZip(packZip(ID, filesOf(RIGHT)));
  assert.match(
    checkRelease(entries, { id: ID, version: VERSION, size: 1e9, sourceOf })[0],
    /1000000000 bytes, more than/
  );
});

test('the list to sign is what the toolkit makes, and a signature of it covers every file', () => {
  const files = filesOf(RIGHT);
  const manifest = unsignedManifest(files);
  assert.equal(manifest.plugin, ID);
  assert.equal(manifest.version, VERSION);
  assert.deepEqual(Object.keys(manifest.files), [...files.keys()]);
  assert.equal(manifest.files.LICENSE, hashOf('sha256', 'Apache License'));
  const signature = `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n${JSON.stringify(manifest)}\n-----BEGIN PGP SIGNATURE-----\n`;
  assert.deepEqual(problemsWith({ 'MANIFEST.txt': signature }), []);
  const changed = { 'MANIFEST.txt': signature, LICENSE: 'another', 'panel/new.js': '1', 'panel/img/logo.svg': SVG };
  assert.deepEqual(problemsWith(changed), [
    'LICENSE is not as it was signed in MANIFEST.txt',
    'panel/new.js is not among what was signed in MANIFEST.txt',
  ]);
  const lost = { ...manifest, files: { ...manifest.files, 'gone.js': '0' } };
  assert.deepEqual(problemsWith({ 'MANIFEST.txt': `${JSON.stringify(lost)}\n-----BEGIN PGP SIGNATURE-----` }), [
    'gone.js was signed in MANIFEST.txt and is not there',
  ]);
});

test('the section of a version, and no other', () => {
  const changelog =
    '# Changelog\n\n## 1.2.30\n\n- Third.\n\n## 1.2.3 (2026-01-02)\n\n- Second.\n\n### More\n\n## 1.0.0\n\n- First.\n';
  assert.equal(sectionOf(changelog, '1.2.3'), '- Second.\n\n### More\n');
  assert.equal(sectionOf(changelog, '1.0.0'), '- First.\n');
  assert.throws(() => sectionOf(changelog, '2.0.0'), /no section "## 2.0.0"/);
});
