import { format } from './format';
import { operandsOf, windowsOf, type Window } from './operands';
import { parse } from './parse';
import { resolveType, type ServiceTypes, type UnresolvedType } from './profileTypes/resolveType';
import type { Query } from './query';
import { selectorOf } from './selector';
import { errorLine, errorMessage, type QueryError } from './syntax/queryError';
import { regexFault } from './syntax/regexFault';
import { readVectors } from './testing';

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

  interface ResolvedOperand {
    type: string;
    selector: string;
    window: Window;
  }
  interface OperandsVector {
    name: string;
    query: string;
    defaultType: string;
    chosen: Window;
    now: number;
    left?: ResolvedOperand;
    right?: ResolvedOperand;
    error?: QueryError;
  }

  test.each(readVectors<OperandsVector>('operands.json').map((v) => [v.name, v]))('operands: %s', (_, v) => {
    const query = read(v.query);
    const operands = operandsOf(query, v.defaultType);
    const windows = windowsOf(query, v.chosen, v.now);
    if (!windows.ok) {
      expect(windows.message).toBe(v.error && errorMessage(v.error));
      return;
    }
    const resolved = (side: 'left' | 'right') => {
      const selection = operands[side];
      return (
        selection && { type: selection.type ?? '', selector: selectorOf(selection.matchers), window: windows[side] }
      );
    };
    expect({ left: resolved('left'), right: resolved('right') }).toEqual({ left: v.left, right: v.right });
  });

  interface TypeVector {
    name: string;
    written: string;
    found: ServiceTypes[];
    types?: string[];
    error?: UnresolvedType;
  }

  test.each(readVectors<TypeVector>('types.json').map((v) => [v.name, v]))('types: %s', (_, v) => {
    const expected = v.error ? { ok: false, error: v.error } : { ok: true, types: v.types };
    expect(resolveType(v.written, v.found)).toEqual(expected);
  });

  it('regular expressions', () => {
    const vectors = readVectors<{ pattern: string; fault: string }>('regexes.json');
    expect(vectors.map(({ pattern }) => ({ pattern, fault: regexFault(pattern) ?? '' }))).toEqual(vectors);
  });
});
