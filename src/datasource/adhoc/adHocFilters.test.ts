import { QUERY } from '../editor/testing';
import { filterFault, matchersOf, withFilters } from './adHocFilters';

const FILTERS = [
  { key: 'version', operator: '=', value: '1' },
  { key: 'pod', operator: '=|', value: 'a', values: ['a.b', 'c'] },
];

it('become matchers', () => {
  expect(
    matchersOf([...FILTERS, { key: 'zone', operator: '!=|', value: 'x' }, { key: '', operator: '=', value: '' }])
  ).toEqual([
    { label: 'version', op: '=', value: '1' },
    { label: 'pod', op: '=~', value: 'a\\.b|c' },
    { label: 'zone', op: '!~', value: 'x' },
  ]);
});

it('hold for every side of every query', () => {
  expect(withFilters(QUERY, FILTERS).labelSelector).toBe('{service_name="checkout", version="1", pod=~"a\\\\.b|c"}');
  const baseline = { labelSelector: '{service_name="orders"}', offset: '1h' };
  expect(withFilters({ ...QUERY, baseline }, FILTERS.slice(0, 1)).baseline).toEqual({
    labelSelector: '{service_name="orders", version="1"}',
    offset: '1h',
  });
  expect(withFilters({ ...QUERY, flameql: 'cpu{a="b"} vs {version="2"} by (pod)' }, FILTERS).flameql).toBe(
    'cpu{a="b", version="1", pod=~`a\\.b|c`} vs {version="2", version="1"} by (pod)'
  );
});

it('leave what cannot be read for the backend to explain', () => {
  expect(withFilters({ ...QUERY, labelSelector: '{a=' }, FILTERS).labelSelector).toBe('{a=');
  expect(withFilters({ ...QUERY, flameql: 'cpu{a=' }, FILTERS).flameql).toBe('cpu{a=');
  expect(withFilters(QUERY)).toBe(QUERY);
});

it('are refused where labels cannot be compared', () => {
  expect(filterFault([...FILTERS, { key: 'size', operator: '<', value: '3' }])).toBe(
    'Labels of profiles cannot be compared by <. Change the filter on size.'
  );
  expect(filterFault(FILTERS)).toBeUndefined();
  expect(filterFault()).toBeUndefined();
});
