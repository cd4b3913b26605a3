/** Zips with the rights of files in them, which fflate writes but does not read. */
import { unzipSync, zipSync } from 'fflate';

/** Made by Unix: readers then take the upper half of the attributes as the file's mode. */
const UNIX = 3;
const REGULAR_FILE = 0o100000;

/** The earliest time that a zip can say; the same files make the same zip. */
const EPOCH = '1980-01-01T12:00:00';

const END_RECORD = 0x06054b50;
const ENTRY_RECORD = 0x02014b50;
const END_LENGTH = 22;
const ENTRY_LENGTH = 46;

/** @returns a zip of files (path -> { bytes, mode }) below one folder */
export function packZip(root, files) {
  const entries = [...files].map(([name, { bytes, mode }]) => [
    `${root}/${name}`,
    [bytes, { os: UNIX, attrs: ((REGULAR_FILE | mode) << 16) >>> 0, mtime: EPOCH, level: 9 }],
  ]);
  return Buffer.from(zipSync(Object.fromEntries(entries)));
}

/** @returns the mode of every entry, from the zip's central directory */
function modesIn(zip) {
  let end = zip.length - END_LENGTH;
  while (end >= 0 && zip.readUInt32LE(end) !== END_RECORD) {
    end--;
  }
  if (end < 0) {
    throw new Error('This is no zip, or its end is missing.');
  }
  const modes = new Map();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    if (zip.readUInt32LE(at) !== ENTRY_RECORD) {
      throw new Error(`The zip's directory is damaged at byte ${at}.`);
    }
    const [name, extra, comment] = [28, 30, 32].map((field) => zip.readUInt16LE(at + field));
    const mode = (zip.readUInt32LE(at + 38) >>> 16) & 0o7777;
    modes.set(zip.toString('utf8', at + ENTRY_LENGTH, at + ENTRY_LENGTH + name), mode);
    at += ENTRY_LENGTH + name + extra + comment;
  }
  return modes;
}

/**
 * @returns what a zip holds: path -> { bytes, mode }, entries of folders left out
 * @throws an Error that says what is wrong with the zip
 */
export function readZip(zip) {
  const modes = modesIn(zip);
  const files = Object.entries(unzipSync(zip)).filter(([name]) => !name.endsWith('/'));
  return new Map(files.map(([name, bytes]) => [name, { bytes: Buffer.from(bytes), mode: modes.get(name) ?? 0 }]));
}
