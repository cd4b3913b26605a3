/**
 * `npm run package`: builds the plugins for every platform, packs them, checks the zip as Grafana's reviewers do, loads it
 * in a page, and writes what belongs beside it to release/. Needs no network once the packages are there.
 *
 * `-- --built` packs what dist/ holds, which may be signed; `-- --no-load` needs no browser.
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { ROOT } from './project.mjs';
import { sectionOf } from './release/changelog.mjs';
import { checkRelease } from './release/check.mjs';
import { filesIn, hashOf, SIGNATURE, unsignedManifest } from './release/folder.mjs';
import { packZip, readZip } from './release/zip.mjs';
import { run } from './run.mjs';
import { billOfMaterials } from './sbom.mjs';

const RELEASE = path.join(ROOT, 'release');

/** The catalogue asks for MD5 or SHA-1, installers for SHA-256. */
const CHECKSUMS = ['sha256', 'sha1', 'md5'];

const say = (line) => process.stdout.write(`${line}\n`);
const jsonOf = (value) => `${JSON.stringify(value, null, 2)}\n`;

/** @returns the text of a file below src/, or undefined where there is none */
const sourceOf = (file) => {
  const at = path.join(ROOT, 'src', file);
  return existsSync(at) ? readFileSync(at, 'utf8') : undefined;
};

/** @throws an Error that lists the problems */
function mustBeRight(problems, what) {
  if (problems.length > 0) {
    throw new Error(`${what}:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
  }
}

/** Unpacks the zip as Grafana does, loads it, and takes it away again. */
async function load(entries, id) {
  const { loadRelease } = await import('./release/load.mjs');
  const folder = await mkdtemp(path.join(tmpdir(), 'flamewatch-zip-'));
  try {
    for (const [name, { bytes, mode }] of entries) {
      const file = path.join(folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, bytes, { mode });
    }
    return await loadRelease(path.join(folder, id));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function main() {
  const { values: options } = parseArgs({
    options: { built: { type: 'boolean', default: false }, 'no-load': { type: 'boolean', default: false } },
  });
  const { version } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
  // Before the minutes of a build.
  sectionOf(await readFile(path.join(ROOT, 'CHANGELOG.md'), 'utf8'), version);
  if (!options.built && (await run(process.execPath, [path.join('scripts', 'build.mjs'), '--all'])) !== 0) {
    throw new Error('The build failed; see above.');
  }
  const files = filesIn(path.join(ROOT, 'dist'));
  const manifest = unsignedManifest(files);
  const id = manifest.plugin;
  const zip = packZip(id, files);
  // From here on it is the zip that counts, as others will read it.
  const entries = readZip(zip);
  mustBeRight(checkRelease(entries, { id, version, size: zip.length, sourceOf }), 'The zip may not be released');
  if (!options['no-load']) {
    mustBeRight(await load(entries, id), 'The zip does not work in a page');
  }

  await rm(RELEASE, { recursive: true, force: true });
  await mkdir(RELEASE);
  const name = `${id}-${version}.zip`;
  const written = {
    [name]: zip,
    ...Object.fromEntries(CHECKSUMS.map((sum) => [`${name}.${sum}`, `${hashOf(sum, zip)}  ${name}\n`])),
    'manifest.json': jsonOf(manifest),
    'sbom.cdx.json': jsonOf(await billOfMaterials()),
    // Its links lead on from wherever it is read.
    'notes.md': sectionOf(files.get('CHANGELOG.md').bytes.toString(), version),
  };
  for (const [file, text] of Object.entries(written)) {
    await writeFile(path.join(RELEASE, file), text);
  }
  say(`release/${name}: ${files.size} files, ${(zip.length / 1e6).toFixed(1)} MB, ${hashOf('sha256', zip)}`);
  say(files.has(SIGNATURE) ? `It is signed (${SIGNATURE}).` : 'It is not signed; see docs/releasing.md.');
}

main().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
