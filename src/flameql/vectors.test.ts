import { readFileSync } from 'fs';
import { join } from 'path';

import { format } from './format';
import { parse } from './parse';
import type { Query } from './query';
import { errorLine, type QueryError } from './syntax/queryError';

export function readVectors<T>(name: string): T[] {
  return JSON.parse(readFileSync(join(__dirname, '../../testdata/flameql', name), 'utf8')) as T[];
}

type Parts = Array<[text: string, count: number]>;

function build(parts: Parts): string {
  return parts.map(([text, count]) => text.repeat(count)).join('');
}

function read(text: string): Query {
  const parsed = parse(text);
  if (!parsed.ok) {
    throw new Error(JSON.stringify(parsed.error));
  }
  return parsed.query;
}

describe('vectors shared with pkg/flameql', () => {
  test.each(
    readVectors<{ name: string; query: string; formatted: string; model: Query }>('valid.json').map((v) => [v.name, v])
  )('valid: %s', (_, v) => {
    expect(read(v.query)).toEqual(v.model);
    expect(format(read(v.query))).toBe(v.formatted);
    expect(read(v.formatted)).toEqual(v.model);
  });

  test.each(readVectors<{ name: string; query: string; error: QueryError }>('errors.json').map((v) => [v.name, v]))(
    'error: %s',
    (_, v) => {
      expect(parse(v.query)).toEqual({ ok: false, error: v.error });
    }
  );

  test.each(
    readVectors<{ name: string; parts: Parts; formatted?: Parts; error?: QueryError }>('large.json').map((v) => [
      v.name,
      v,
    ])
  )('large: %s', (_, v) => {
    const parsed = parse(build(v.parts));
    if (v.error) {
      expect(parsed).toEqual({ ok: false, error: v.error });
    } else {
      expect(parsed.ok && format(parsed.query)).toBe(build(v.formatted ?? []));
    }
  });

  it('mutations', () => {
    for (const m of readVectors<{ query: string; formatted?: string; error?: string; length?: number }>(
      'mutations.json'
    )) {
      const parsed = parse(m.query);
      const outcome = parsed.ok
        ? { query: m.query, formatted: format(parsed.query) }
        : {
            query: m.query,
            error: errorLine(parsed.error),
            ...(parsed.error.length > 0 && { length: parsed.error.length }),
          };
      expect(outcome).toEqual(m);
    }
  });
});
