/**
 * What Grafana's plugin-validator looks for in a zip, as far as it can be seen without the network: see its list of
 * analyzers, https://github.com/grafana/plugin-validator. Not here: whether the version is new, virus and dependency scans.
 */
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';

import { hashOf, isProgram, SIGNATURE } from './folder.mjs';
import { checkBundles, checkSvg, checkText } from './contents.mjs';

/** Folders of the plugins below the zip's root, with what they are. */
const PLUGINS = { '': 'app', 'datasource/': 'datasource', 'panel/': 'panel' };

const PLATFORMS = ['darwin_amd64', 'darwin_arm64', 'linux_amd64', 'linux_arm', 'linux_arm64', 'windows_amd64.exe'];

/** More than this, in bytes, is no mistake to send around: seven programs of 20 to 30 MB are about 80 MB packed. */
const MAX_ZIP = 150_000_000;

const DOCUMENTS = ['README.md', 'CHANGELOG.md', 'LICENSE'];
const UNWANTED = /(^|\/)(node_modules|\.git|\.config|coverage)\/|(^|\/)(\.env[^/]*|\.DS_Store|.*\.(pem|key|tsx?))$/;

const validate = new Ajv({ allErrors: true }).compile(
  JSON.parse(readFileSync(new URL('./pluginSchema.json', import.meta.url), 'utf8'))
);

/** Files that plugin.json names, and that Grafana asks for without being told. */
function filesNamedBy({ id, info, languages = [], includes = [] }) {
  return new Set([
    'module.js',
    ...Object.values(info.logos),
    ...(info.screenshots ?? []).map((screenshot) => screenshot.path),
    ...languages.map((language) => `locales/${language}/${id}.json`),
    ...includes.filter(({ type }) => type === 'dashboard').map((dashboard) => dashboard.path),
  ]);
}

function* checkPlugin(files, folder, type, version) {
  const place = `${folder}plugin.json`;
  const file = files.get(place);
  if (!file) {
    yield `${place} is missing`;
    return;
  }
  const text = file.bytes.toString();
  const left = text.match(/%[A-Z_]+%/);
  if (left) {
    yield `${place} still says ${left[0]}; the build should have replaced it`;
    return;
  }
  let plugin;
  try {
    plugin = JSON.parse(text);
  } catch (error) {
    yield `${place} is no JSON: ${error.message}`;
    return;
  }
  if (!validate(plugin)) {
    yield* validate.errors.map(({ instancePath, message, params }) => {
      const extra = params.additionalProperty ? ` (${params.additionalProperty})` : '';
      return `${place} ${instancePath || '/'} ${message}${extra}`;
    });
    return;
  }
  if (plugin.type !== type || !plugin.id.endsWith(`-${type}`)) {
    yield `${place} is of the ${plugin.type} ${plugin.id}; an id that ends with -${type} is expected`;
    return;
  }
  if (plugin.info.version !== version) {
    yield `${place} has version ${plugin.info.version}, the zip ${version}`;
  }
  for (const named of filesNamedBy(plugin)) {
    if (named.includes('..') || named.startsWith('/') || !files.has(`${folder}${named}`)) {
      yield `${place} names ${named}, which is not there`;
    }
  }
  if (plugin.backend) {
    yield* checkPrograms(files, `${folder}${plugin.executable}`);
  }
}

function* checkPrograms(files, executable) {
  for (const platform of PLATFORMS) {
    const file = files.get(`${executable}_${platform}`);
    if (!file) {
      yield `${executable}_${platform}, a backend, is missing`;
    } else if (file.mode !== 0o755) {
      yield `${executable}_${platform} has mode ${file.mode.toString(8)}; 755 is needed to run it`;
    }
  }
}

/** The catalogue takes nested plugins that the app names, with what they are. */
function* checkNested(files) {
  const declared = JSON.parse(files.get('plugin.json').bytes.toString()).includes ?? [];
  for (const [folder, type] of Object.entries(PLUGINS).filter(([name]) => name !== '')) {
    if (!declared.some((one) => one.type === type && one.path === `${folder}plugin.json`)) {
      yield `plugin.json does not include the ${type} with the path ${folder}plugin.json`;
    }
  }
}

/** A signature covers every file as it is: nothing may be added, changed or lost after it was made. */
function* checkSignature(files) {
  const signature = files.get(SIGNATURE)?.bytes.toString();
  if (signature === undefined) {
    return;
  }
  let signed;
  try {
    signed = JSON.parse(signature.slice(signature.indexOf('{'), signature.indexOf('-----BEGIN PGP SIGNATURE')));
  } catch {
    yield `${SIGNATURE} holds no signed list of files; build again and sign with @grafana/sign-plugin`;
    return;
  }
  for (const [name, { bytes }] of files) {
    if (name !== SIGNATURE && signed.files?.[name] !== hashOf('sha256', bytes)) {
      yield `${name} is ${signed.files?.[name] ? 'not as it was' : 'not among what was'} signed in ${SIGNATURE}`;
    }
  }
  for (const name of Object.keys(signed.files ?? {})) {
    if (!files.has(name)) {
      yield `${name} was signed in ${SIGNATURE} and is not there`;
    }
  }
}

function* checkFiles(files, version, repository) {
  const manifests = Object.entries(PLUGINS).flatMap(([folder, type]) => [...checkPlugin(files, folder, type, version)]);
  yield* manifests;
  if (manifests.length === 0) {
    yield* checkNested(files);
  }
  for (const name of DOCUMENTS) {
    if (!files.get(name)?.bytes.toString().trim()) {
      yield `${name} is missing or empty`;
    }
  }
  for (const [name, { bytes, mode }] of files) {
    if (UNWANTED.test(name)) {
      yield `${name} does not belong into a release`;
    }
    if (!isProgram(name) && (mode & 0o111) !== 0) {
      yield `${name} is executable and no program`;
    }
    if (/^(README|CHANGELOG)\.md$/.test(name)) {
      yield* checkText(name, bytes.toString());
    }
    if (name.endsWith('.svg')) {
      yield* checkSvg(name, bytes.toString());
    }
  }
  yield* checkBundles(files, repository);
  yield* checkSignature(files);
}

/**
 * @param {Map<string, { bytes: Buffer, mode: number }>} entries of the zip, paths from its root
 * @param {{ id: string, version: string, size: number, sourceOf: (file: string) => string | undefined }} expected the app's
 *   id and version, the zip's length in bytes, and the text of a file below src/
 * @returns a sentence for each thing that is wrong; none when the zip may be released
 */
export function checkRelease(entries, { id, version, size, sourceOf }) {
  const strays = [...entries.keys()].filter((name) => !name.startsWith(`${id}/`) || name.split('/').includes('..'));
  if (strays.length > 0) {
    return [`everything has to be in the folder ${id}/, and ${strays[0]} is not`];
  }
  const files = new Map([...entries].map(([name, file]) => [name.slice(id.length + 1), file]));
  const problems = [...checkFiles(files, version, { id, sourceOf })];
  return size > MAX_ZIP ? [...problems, `the zip has ${size} bytes, more than ${MAX_ZIP}`] : problems;
}
