import { AbstractLabelOperator } from '@grafana/data';

import { CPU, QUERY } from '../editor/testing';
import { importQueries, knowsQueriesOf, labelsOfQuery, queryOfLabels } from './importQueries';

const elsewhere = { uid: 'other', type: 'other' };

it("keeps every field of core's datasource", () => {
  const query = { ...QUERY, groupBy: ['pod'], maxNodes: 7, hide: true, datasource: elsewhere };
  const { datasource: _, ...fields } = query;
  expect(importQueries([query], 'grafana-pyroscope-datasource')).toEqual([fields]);
});

it("reads Parca's queries", () => {
  const query = {
    refId: 'B',
    labelSelector: '{job="x"}',
    profileTypeId: `${CPU}:delta`,
    queryType: 'both',
    datasource: elsewhere,
  };
  expect(importQueries([query], 'parca')).toEqual([
    { refId: 'B', labelSelector: '{job="x"}', profileTypeId: CPU, queryType: 'both', groupBy: [] },
  ]);
  expect(importQueries([{ refId: 'A' }], 'parca')[0]).toMatchObject({ labelSelector: '{}', profileTypeId: '' });
});

it('keeps nothing that means something else elsewhere', () => {
  const query = { refId: 'A', hide: true, expr: 'up', queryType: 'range', datasource: elsewhere };
  expect(importQueries([query], 'prometheus')).toEqual([
    { refId: 'A', hide: true, labelSelector: '{}', profileTypeId: '', groupBy: [] },
  ]);
  expect(knowsQueriesOf('prometheus')).toBe(false);
  expect(knowsQueriesOf('parca')).toBe(true);
});

it('passes labels on, both ways', () => {
  const labels = {
    refId: 'A',
    labelMatchers: [
      { name: 'job', operator: AbstractLabelOperator.Equal, value: 'a "b"' },
      { name: 'pod', operator: AbstractLabelOperator.NotEqualRegEx, value: 'x.*' },
    ],
  };
  const query = queryOfLabels(labels);
  expect(query).toMatchObject({ refId: 'A', labelSelector: '{job="a \\"b\\"", pod!~"x.*"}' });
  expect(labelsOfQuery(query)).toEqual(labels);
  expect(labelsOfQuery({ ...QUERY, flameql: 'cpu{job="a"} vs {job="b"}' }).labelMatchers).toEqual([
    { name: 'job', operator: AbstractLabelOperator.Equal, value: 'a' },
  ]);
  expect(labelsOfQuery({ ...QUERY, flameql: 'cpu{' }).labelMatchers).toEqual([]);
});
