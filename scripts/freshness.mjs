/** Builds only what changed: remembers a digest of the sources that an output was made of. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { ROOT } from './project.mjs';

/** Programs and stamps of the playground; not part of the plugin. */
export const BIN = path.join(ROOT, '.bin');

/** Files below a source folder that no output is made of. */
const NOT_BUILT = /(^|[\\/])(testdata|node_modules|dist)([\\/]|$)|\.(test|fuzz)\.tsx?$|_test\.go$/;

async function filesOf(source) {
  const whole = path.join(ROOT, source);
  const entries = await readdir(whole, { recursive: true, withFileTypes: true }).catch((error) => {
    if (error.code === 'ENOTDIR') {
      return undefined; // a file
    }
    throw error;
  });
  if (!entries) {
    return [whole];
  }
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !NOT_BUILT.test(path.relative(whole, file)));
}

async function digestOf(sources) {
  const files = (await Promise.all(sources.map(filesOf))).flat().sort();
  const hash = createHash('sha256');
  for (const file of files) {
    hash
      .update(path.relative(ROOT, file))
      .update('\0')
      .update(await readFile(file))
      .update('\0');
  }
  return hash.digest('hex');
}

/**
 * Builds an output unless it is there and was made of the same sources.
 *
 * @param {object} part
 * @param {string} part.name names the stamp
 * @param {string[]} part.sources files and folders, relative to the project
 * @param {string[]} part.outputs files that must be there, relative to the project
 * @param {() => Promise<unknown>} part.build
 * @returns whether it was built
 */
export async function buildIfChanged(part) {
  const digest = await digestOf(part.sources);
  const built = await readFile(stampOf(part), 'utf8').catch(() => '');
  if (built === digest && part.outputs.every((output) => existsSync(path.join(ROOT, output)))) {
    return false;
  }
  await buildAnyway(part, digest);
  return true;
}

const stampOf = ({ name }) => path.join(BIN, `${name}.stamp`);

/** Builds an output whatever it was made of, and remembers the sources as they were before. */
export async function buildAnyway(part, digest) {
  const sources = digest ?? (await digestOf(part.sources));
  const stamp = stampOf(part);
  await rm(stamp, { force: true });
  await part.build();
  await mkdir(BIN, { recursive: true });
  await writeFile(stamp, sources);
}
