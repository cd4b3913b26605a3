import type { OurRule } from '../alerting/ourRules';
import { readCoverage } from '../coverage/readCoverage';

import type { Facts } from './practice';
import { practicesOf } from './practices';

const END = Date.UTC(2026, 10, 29, 12);
const id = (name: string, type: string) => `${name}:${type}:count:${type}:count`;
const types = (...ids: string[]) => ids.map((one) => ({ id: one, last: END - 1000 }));
const labels = { version: 'version', instance: 'pod', namespace: 'namespace' };
const whole = { ...labels, types: types(id('process_cpu', 'cpu'), id('memory', 'inuse_space'), id('mutex', 'delay')) };
const rule = (queryType: string, part: Partial<OurRule> = {}) =>
  ({ title: `rule for ${queryType}`, state: 'inactive', queryTypes: [queryType], ...part }) as OurRule;

const good: Facts = {
  coverage: { value: readCoverage({ services: [{ name: 'orders', ...whole }] }) },
  end: END,
  rules: { value: [rule('silent'), rule('regressions')] },
  targets: { value: 2 },
  traces: { all: ['Tempo'], linked: ['Tempo'] },
  lastWeek: { value: 3 },
  checkedAt: { value: END },
};

const statesOf = (part: Partial<Facts>) =>
  Object.fromEntries(practicesOf({ ...good, ...part }).map(({ id: of, state }) => [of, state]));

it('finds every practice kept that data can tell, and says which they cannot', () => {
  const { daylight, ...told } = statesOf({});
  expect(daylight).toBe('people');
  expect(Object.keys(told)).toHaveLength(13);
  expect(new Set(Object.values(told))).toEqual(new Set(['kept']));
});

it.each<[string, string, object]>([
  ['cpu', 'missed', { ...whole, types: types(id('memory', 'inuse_space')) }],
  ['silence', 'missed', { ...whole, types: [{ id: id('process_cpu', 'cpu'), last: END - 3_600_000 }] }],
  ['labels', 'missed', { ...whole, version: '' }],
  ['totals', 'missed', { ...whole, types: [{ ...whole.types[0], cumulative: true }] }],
  ['memory', 'missed', { ...whole, types: types(id('process_cpu', 'cpu')) }],
])('finds that a service lacks %s', (row, state, service) => {
  const coverage = { value: readCoverage({ services: [{ name: 'bare', ...service }] }) };
  expect(statesOf({ coverage })[row]).toBe(state);
});

it('leaves to people which services matter, and names those that lack something', () => {
  const services = [
    { name: 'orders', ...whole },
    { name: 'bare', ...labels, types: types(id('process_cpu', 'cpu')) },
  ];
  const memory = practicesOf({ ...good, coverage: { value: readCoverage({ services }) } }).find(
    (one) => one.id === 'memory'
  );
  expect(memory?.state).toBe('people');
  expect(memory?.found).toContain('1 of 2 services: bare');
});

it('finds ids in labels', () => {
  const coverage = {
    value: readCoverage({
      services: [{ name: 'orders', ...whole }],
      labels: [{ name: 'url', values: 500, services: ['orders'], ids: true, examples: ['/a/1'] }],
    }),
  };
  expect(statesOf({ coverage }).values).toBe('missed');
});

it.each<[string, Partial<Facts>, string, string]>([
  ['no rule', { rules: { value: [] } }, 'rule-silent', 'missed'],
  ['a paused rule', { rules: { value: [rule('silent', { state: 'paused' })] } }, 'rule-silent', 'missed'],
  ['a rule in error', { rules: { value: [rule('silent', { state: 'error' })] } }, 'rule-silent', 'missed'],
  ['no alerting', { rules: { value: undefined } }, 'rule-regressions', 'unknown'],
  ['rules that may not be read', { rules: { failure: 'no right' } }, 'rule-regressions', 'unknown'],
  ['no targets', { targets: { value: 0 } }, 'targets', 'missed'],
  ['no profiles of last week', { lastWeek: { value: 0 } }, 'retention', 'missed'],
  ['a Tempo that leads elsewhere', { traces: { all: ['Tempo'], linked: [] } }, 'traces', 'missed'],
  ['no Tempo', { traces: { all: [], linked: [] } }, 'traces', 'people'],
  // It writes annotations only when it is told to.
  ['no annotation of a check', { checkedAt: { value: undefined } }, 'pipeline', 'people'],
  ['a coverage that failed', { coverage: { failure: 'server is down' } }, 'coverage', 'unknown'],
])('says of %s what it means', (_, facts, row, state) => {
  expect(statesOf(facts)[row]).toBe(state);
});
