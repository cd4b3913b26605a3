import * as fc from 'fast-check';
import { anyMatch, stepMatch, summarizeMatches } from './matches';
import { outermostOf } from './occurrences';
import { compileSearch, matchLabels, type SearchQuery } from './search';
import { anySamples } from './testing/samples';
import { treeOf } from './testing/trees';
import { pathTo } from './traverse';

const search = fc.constantFrom<SearchQuery>(
  { text: 'a' },
  { text: '^[ab]$', regex: true },
  { text: 'z' },
  { text: '' }
);

describe('compileSearch', () => {
  const finds = (query: SearchQuery, name: string) => compileSearch(query).test?.(name);

  it('reads plain text as it is', () => {
    expect(finds({ text: 'json.(*D' }, 'encoding/json.(*Decoder).Decode')).toBe(true);
    expect(finds({ text: 'JSON' }, 'encoding/json.Marshal')).toBe(true);
    expect(finds({ text: 'JSON', caseSensitive: true }, 'encoding/json.Marshal')).toBe(false);
  });

  it('reads regular expressions', () => {
    expect(finds({ text: 'json.*Decode$', regex: true }, 'encoding/json.(*Decoder).decode')).toBe(true);
    expect(finds({ text: 'Decode$', regex: true, caseSensitive: true }, 'encoding/json.decode')).toBe(false);
  });

  it('says what is wrong with a pattern', () => {
    expect(compileSearch({ text: 'json(', regex: true }).error).toMatch(/Unterminated group/);
    expect(compileSearch({ text: 'x'.repeat(3000) }).error).toMatch(/at most 2000/);
  });
});

describe('matches', () => {
  it('are found in every node and added up by their outermost', () => {
    fc.assert(
      fc.property(anySamples(true), search, (samples, query) => {
        const tree = treeOf(samples, true);
        const { test } = compileSearch(query);
        const found = summarizeMatches(tree, matchLabels(tree, test!));
        // The root is a frame to a search: its name is on the screen.
        const onStack = samples.filter(({ stack }) => ['total', ...stack].some(test!));
        const sum = (side: 'left' | 'right') => onStack.reduce((total, sample) => total + sample[side], 0);
        const nodes = Array.from(tree.label, (l, i) => ({ i, name: tree.labels[l] })).filter(({ name }) => test!(name));
        expect([...found.nodes]).toEqual(nodes.map(({ i }) => i));
        expect(found.total).toBe(sum('left') + sum('right'));
        expect(found.totalRight).toBe(sum('right'));
      }),
      { numRuns: 1000 }
    );
  });

  it('are stepped through in depth-first order, round the corner', () => {
    fc.assert(
      fc.property(anySamples(false), fc.nat(), (samples, any) => {
        const tree = treeOf(samples);
        const { nodes } = summarizeMatches(
          tree,
          matchLabels(tree, (name) => name === 'a' || name === 'other')
        );
        const ordered = [...nodes].sort((x, y) => tree.depthFirst[x] - tree.depthFirst[y]);
        const from = any % tree.size;
        const next = ordered.findIndex((node) => tree.depthFirst[node] > tree.depthFirst[from]);
        const before = ordered.filter((node) => tree.depthFirst[node] < tree.depthFirst[from]).length - 1;
        const at = (rank: number) => {
          const place = (rank + ordered.length) % ordered.length;
          return ordered.length === 0 ? undefined : { node: ordered[place], rank: place };
        };
        expect(stepMatch(tree, nodes, from, 1)).toEqual(at(next < 0 ? 0 : next));
        expect(stepMatch(tree, nodes, from, -1)).toEqual(at(before));
        expect(stepMatch(tree, nodes, undefined, 1)).toEqual(at(0));
        expect(stepMatch(tree, nodes, undefined, -1)).toEqual(at(-1));
      }),
      { numRuns: 1000 }
    );
  });

  it('are looked up in a run of nodes', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(40)), fc.nat(45), fc.nat(45), (nodes, from, to) => {
        const sorted = Uint32Array.from(nodes.sort((x, y) => x - y));
        expect(anyMatch(sorted, from, to)).toBe(nodes.some((node) => node >= from && node < to));
      })
    );
  });
});

describe('outermostOf', () => {
  it('leaves out nodes below another of the same name', () => {
    fc.assert(
      fc.property(anySamples(false), (samples) => {
        const tree = treeOf([...samples, { stack: ['a'], left: 1, right: 0 }]);
        const label = tree.labels.indexOf('a');
        const expected = Array.from(tree.label, (_, i) => i).filter(
          (i) => tree.label[i] === label && pathTo(tree, i).filter((node) => tree.label[node] === label).length === 1
        );
        expect([...outermostOf(tree, label)]).toEqual(expected);
      }),
      { numRuns: 500 }
    );
  });
});
