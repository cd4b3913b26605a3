import { readFileSync } from 'fs';
import { join } from 'path';
import { gunzipSync } from 'zlib';
import type { Sample } from './samples';

const FOLDER = join(__dirname, '../../../testdata/profiles');

/** A recorded profile as samples: one line a stack, frames from the outermost, then a space and the value. */
export function readCollapsed(file: string): Sample[] {
  const bytes = readFileSync(join(FOLDER, file));
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const space = line.lastIndexOf(' ');
      return { stack: line.slice(0, space).split(';'), left: Number(line.slice(space + 1)), right: 0 };
    });
}
