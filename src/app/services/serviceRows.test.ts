import type { ServiceCosts } from './serviceCosts';
import { rowsOf, searchRows } from './serviceRows';

const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';
const HEAP = 'memory:inuse_space:bytes:space:bytes';
const ALLOCS = 'memory:alloc_space:bytes:space:bytes';

const costs = (means: Record<string, number>): ServiceCosts => ({
  byService: new Map(Object.entries(means).map(([name, mean]) => [name, { mean, values: [mean] }])),
  total: Object.values(means).reduce((a, b) => a + b, 0),
  times: [0],
  unit: 'cores',
  title: 'CPU',
  cutOff: 0,
});

const services = [{ name: 'b', profileTypes: [ALLOCS, HEAP] }, { name: 'a', profileTypes: [HEAP, CPU] }, { name: 'c' }];
const none = new Set<string>();
const namesOf = (rows: Array<{ name: string }>) => rows.map(({ name }) => name);

it('puts the costliest first and those without a cost last, by name', () => {
  expect(namesOf(rowsOf(services, costs({ c: 1, d: 3 }), 'cost', none))).toEqual(['d', 'c', 'a', 'b']);
  expect(namesOf(rowsOf(services, costs({ c: 1, d: 3 }), 'name', none))).toEqual(['a', 'b', 'c', 'd']);
});

it('puts favourites first, in the same order', () => {
  const favourites = new Set(['a', 'b', 'gone']);
  expect(namesOf(rowsOf(services, costs({ c: 1, d: 3, b: 2 }), 'cost', favourites))).toEqual(['b', 'a', 'd', 'c']);
  expect(namesOf(rowsOf(services, costs({ c: 1, d: 3 }), 'name', favourites))).toEqual(['a', 'b', 'c', 'd']);
});

it('puts a cost of nothing before no cost', () => {
  expect(namesOf(rowsOf(services, costs({ c: 0 }), 'cost', none))).toEqual(['c', 'a', 'b']);
});

it('gives shares of the total', () => {
  const [first, second] = rowsOf(services, costs({ a: 1, b: 3 }), 'cost', none);
  expect([first.share, second.share]).toEqual([0.75, 0.25]);
  expect(rowsOf(services, costs({ a: 0 }), 'cost', none)[0].share).toBeUndefined();
});

it('names what is measured, each once', () => {
  const rows = rowsOf(services, undefined, 'name', none);
  expect(rows.map((row) => row.measures)).toEqual([['CPU', 'Memory'], ['Memory'], []]);
});

it.each([
  ['', ['a-shop', 'b-Shop', 'c']],
  ['  ', ['a-shop', 'b-Shop', 'c']],
  ['SHOP', ['a-shop', 'b-Shop']],
  ['shop b', ['b-Shop']],
  ['x', []],
])('finds %j', (search, found) => {
  const rows = rowsOf([{ name: 'a-shop' }, { name: 'b-Shop' }, { name: 'c' }], undefined, 'name', none);
  expect(namesOf(searchRows(rows, search))).toEqual(found);
});
