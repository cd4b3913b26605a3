import { readFileSync } from 'fs';
import { join } from 'path';

/** Vectors that pkg/flameql shares. */
export function readVectors<T>(name: string): T[] {
  return JSON.parse(readFileSync(join(__dirname, '../../testdata/flameql', name), 'utf8')) as T[];
}
