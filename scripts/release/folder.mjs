/** The built plugin as a list of files, as what packs, signs and checks it wants them. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The file in which Grafana looks for the signature; it signs every other one. */
export const SIGNATURE = 'MANIFEST.txt';

/** Programs must be executable in the zip, on whatever system it was made; nothing else has to be. */
export const isProgram = (file) => /(^|\/)gpx_[^/]+$/.test(file);

/** @returns the hash of some bytes, in hexadecimal */
export const hashOf = (algorithm, bytes) => createHash(algorithm).update(bytes).digest('hex');

/**
 * @returns what a folder holds, in the order of names, with `/` between folders: path -> { bytes, mode }
 * @throws an Error where there is something else than files and folders
 */
export function filesIn(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
  const files = entries.map((entry) => {
    const place = path.join(entry.parentPath ?? entry.path, entry.name);
    if (!entry.isFile()) {
      throw new Error(`${place} is neither a file nor a folder; a plugin holds nothing else.`);
    }
    const name = path.relative(folder, place).split(path.sep).join('/');
    return [name, { bytes: readFileSync(place), mode: isProgram(name) ? 0o755 : 0o644 }];
  });
  return new Map(files.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * What `@grafana/sign-plugin` sends to be signed (its buildManifest): the app's id and version, and the SHA-256 of every
 * file but the signature itself. The nested plugins' files are in the app's list; they have none of their own.
 */
export function unsignedManifest(files) {
  const { id, info } = JSON.parse(files.get('plugin.json').bytes.toString());
  const hashes = [...files]
    .filter(([name]) => name !== SIGNATURE)
    .map(([name, { bytes }]) => [name, hashOf('sha256', bytes)]);
  return { plugin: id, version: info.version, files: Object.fromEntries(hashes) };
}
