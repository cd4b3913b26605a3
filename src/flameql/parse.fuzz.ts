import * as fc from 'fast-check';

import { fuzzByClock } from '../../scripts/fuzzByClock.mjs';

import { placeAt } from './completion/place';
import { describe as inWords } from './describe/describe';
import { diagnose } from './diagnostics';
import { format, formatDraft } from './format';
import { parse, parseDraft } from './parse';
import { MAX_TEXT_LENGTH } from './syntax/limits';
import { errorLine } from './syntax/queryError';
import { readVectors } from './testing';
import { queryOfUrl } from './urls/queryOfUrl';

// What is found becomes a vector of testdata/flameql, which Go reads too, or a case of a test here.

const VECTORS = ['valid.json', 'errors.json']
  .flatMap((name) => readVectors<{ query: string }>(name))
  .map((v) => v.query);

/** What the language is made of, and what looks like it. */
const WORDS = `cpu memory:inuse_space process_cpu:cpu:nanoseconds:cpu:nanoseconds vs by function focus hide span trace
  profile nodes limit normalise offset @ [ ] { } ( ) , = != =~ !~ "a" 'b' \`c\` " ' 1h 5m -1d now now-1h 2026-01-01
  2026-01-01T00:00:00Z service_name pod $x \${x:regex} [[x]] k8s.pod \\ \\" # // é 🔥 \u202e \u0000 : :: .. 1e9 -0`.split(
  /\s+/
);

const spaced = fc.array(fc.constantFrom(...WORDS), { maxLength: 12 }).map((words) => words.join(' '));

/** A query of the vectors with a piece of it replaced by other text. */
const edited = fc
  .tuple(
    fc.constantFrom(...VECTORS),
    fc.nat(),
    fc.nat(8),
    fc.oneof(spaced, fc.string({ unit: 'binary', maxLength: 6 }))
  )
  .map(([text, at, removed, put]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + put + text.slice(place + removed);
  });

const text = fc.oneof(edited, spaced, fc.string({ unit: 'binary', maxLength: 30 }), fc.string({ unit: 'grapheme' }));

/** Any text is a query that survives being written down, or has an error that lies inside it; with variables as without. */
function survive(written: string) {
  for (const [read, write] of [
    [parse, format],
    [parseDraft, formatDraft],
  ] as Array<[typeof parseDraft, typeof formatDraft]>) {
    const parsed = read(written);
    if (parsed.ok) {
      const formatted = write(parsed.query);
      if (formatted.length <= MAX_TEXT_LENGTH) {
        expect(read(formatted)).toEqual(parsed);
      }
    } else {
      const { offset, length, line, column, expected } = parsed.error;
      expect(offset).toBeGreaterThanOrEqual(0);
      expect(offset + length).toBeLessThanOrEqual(written.length);
      expect(Math.min(line, column, length + 1, expected.length)).toBeGreaterThanOrEqual(1);
      expect(errorLine(parsed.error)).toMatch(/^line \d+, column \d+: Expected .+, found .+\./s);
    }
  }
}

/** What can be read can be said. */
function describeIt(written: string) {
  const parsed = parseDraft(written);
  if (parsed.ok) {
    expect(inWords(parsed.query)).toMatch(/\.$/);
    expect(inWords(parsed.query, { language: 'de' })).toMatch(/\.$/);
  }
}

it('reads any text', () => fuzzByClock('texts of FlameQL', fc.property(text, survive)));

it('helps with any text', () =>
  fuzzByClock(
    'texts of FlameQL in an editor',
    fc.property(text, fc.nat(), (written, at) => {
      describeIt(written);
      for (const { from, to, message } of diagnose(written)) {
        expect(0 <= from && from <= to && to <= written.length).toBe(true);
        expect(message).not.toBe('');
      }
      const caret = at % (written.length + 1);
      const { token } = placeAt(written, caret);
      expect(token === undefined || (token.from <= caret && token.to <= written.length)).toBe(true);
      // What is no address is no query; what is one may hold a query that is wrong.
      for (const address of [
        written,
        `https://a/explore?${new URLSearchParams({ panes: written }).toString()}`,
        `/render?query=${written}`,
      ]) {
        expect(['string', 'undefined']).toContain(typeof queryOfUrl(address));
      }
    })
  ));
