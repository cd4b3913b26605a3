import { gapsOf, SILENT_AFTER } from './gaps';
import { readCoverage } from './readCoverage';

const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';
const DELAY = 'mutex:delay:nanoseconds:contentions:count';
const END = 1_800_000_000_000;

const orders = {
  name: 'orders',
  types: [{ id: CPU, last: END - 1000, cumulative: false }],
  version: 'version',
  instance: 'pod',
  namespace: 'namespace',
  labels: ['namespace', 'pod', 'version'],
};

function kindsOf(service: object, labels: object[] = []) {
  const coverage = readCoverage({ services: [{ ...orders, ...service }], labels });
  return gapsOf(coverage.services[0], coverage, END).map(({ kind }) => kind);
}

it('finds nothing where nothing is missing', () => {
  expect(kindsOf({})).toEqual([]);
});

it.each([
  [{ version: '' }, ['version']],
  [{ instance: '' }, ['instance']],
  [{ namespace: '' }, ['namespace']],
  [{ types: [{ id: DELAY, last: END, cumulative: true }] }, ['cumulative']],
  [{ types: [{ id: CPU, last: END - SILENT_AFTER - 1, cumulative: false }] }, ['silent']],
  // The server could not say when: that is no silence.
  [{ types: [{ id: CPU, last: 0, cumulative: false }] }, []],
])('finds what %j lacks', (service, kinds) => {
  expect(kindsOf(service)).toEqual(kinds);
});

it('names the types that are silent where others are not', () => {
  const coverage = readCoverage({
    services: [{ ...orders, types: [...orders.types, { id: DELAY, last: END - 2 * SILENT_AFTER, cumulative: false }] }],
  });
  expect(gapsOf(coverage.services[0], coverage, END)[0].what).toMatch(/^Silent since .+: /);
});

it('blames a label on the services that send it', () => {
  const ids = { name: 'endpoint', values: 3, services: ['orders'], ids: true, examples: ['/orders/4711'] };
  const many = { name: 'tenant', values: 200, services: ['checkout'], ids: false, examples: ['t1'] };
  expect(kindsOf({}, [ids, many])).toEqual(['ids']);
});

it.each([
  undefined,
  null,
  'text',
  { services: 'x', labels: [null, 1] },
  { services: [{}, { name: 'a', types: [null] }] },
])('reads %j without failing', (body) => {
  const coverage = readCoverage(body);
  coverage.services.forEach((service) => expect(gapsOf(service, coverage, END)).toBeDefined());
  expect(coverage.labels).toEqual([]);
});
