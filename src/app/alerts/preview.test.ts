import { lastValueFrom, toArray } from 'rxjs';

import { FieldType, toDataFrame } from '@grafana/data';

import { alertRule } from '../../links/alertRule';
import { finding } from '../regressions/testing';
import { startGrafana } from '../testing/grafana';

import { firingsOf, millisecondsOf, previewOf } from './preview';
import { costOfSelection, regressionsOfService, shareOfFunction } from './ruleQuestions';

const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';
const NOW = 48 * 3_600_000;

const frame = (values: Array<number | null>) =>
  toDataFrame({
    fields: [
      { name: 'time', type: FieldType.time, values: values.map((_, i) => i * 60_000) },
      { name: 'value', type: FieldType.number, labels: { function: 'f' }, values },
    ],
  });

const firings = (values: Array<number | null>, pending: string) =>
  firingsOf(frame(values), 1, millisecondsOf(pending)).map(({ from, to }) => [from / 60_000, to && to / 60_000]);

it.each<[Array<number | null>, string, unknown[]]>([
  [[1, 1, 1], '0s', []],
  [
    [0, 2, 2, 1, 3],
    '0s',
    [
      [1, 3],
      [4, null],
    ],
  ],
  [[2, 2, 2, 0], '1m', [[1, 3]]],
  [[2, 0, 2, 0], '1m', []],
  [
    [2, null, 2],
    '0s',
    [
      [0, 1],
      [2, null],
    ],
  ],
  [[0, 2, 2, 2], '5m', []],
  [[], '0s', []],
])('%j above 1 for %s', (values, pending, expected) => {
  expect(firings(values, pending)).toEqual(expected);
});

it('says what a firing was of, and how high', () => {
  expect(firingsOf(frame([2, 5, 0]), 1, 0)).toEqual([{ name: 'f', from: 0, to: 120_000, value: 5 }]);
});

const service = regressionsOfService({
  datasourceUid: 'ds',
  service: 'orders',
  profileTypeId: CPU,
  seconds: 1800,
  baseline: { offset: '1d' },
  leastRatio: 1.5,
});

it('gives an alert the ranges that were evaluated', () => {
  const { data, annotations, condition } = alertRule(service);
  expect(condition).toBe('B');
  expect(data.map(({ refId }) => refId)).toEqual([
    'A',
    'Before',
    'After',
    'Since',
    'From',
    'To',
    'BaselineFrom',
    'BaselineTo',
    'B',
  ]);
  expect(data[0].model).not.toHaveProperty('number');
  expect(data[6].model).toMatchObject({ refId: 'BaselineFrom', number: 'baselineFrom', queryType: 'regressions' });
  expect(annotations.runbook_url).toContain('&baselineFrom={{ printf "%.0f000" $values.BaselineFrom.Value }}&');
});

it('replays a rule on regressions in the backend, with progress', async () => {
  const lines = [
    { event: 'begun', total: 288, stepMs: 300_000, services: ['orders'], notices: ['one'] },
    { event: 'progress', done: 12, total: 288, at: 1 },
    { event: 'evaluation', at: 1, instances: [] },
    {
      event: 'done',
      durationMs: 5,
      evaluations: 288,
      firings: [{ service: 'orders', function: 'f', kind: 'grew', from: 1, to: null, value: 2 }],
      notices: ['one', 'two'],
    },
  ];
  const bytes = new TextEncoder().encode(lines.map((line) => JSON.stringify(line)).join('\n'));
  const asked = startGrafana({ stream: () => bytes });
  const all = await lastValueFrom(previewOf(service, NOW).pipe(toArray()));
  expect(all.at(-1)).toEqual({
    from: 24 * 3_600_000,
    to: NOW,
    done: 288,
    total: 288,
    firings: [{ name: 'f · orders', from: 1, to: null, value: 2 }],
    notices: ['one', 'two'],
  });
  expect(asked.requests[0]).toMatchObject({
    url: '/api/datasources/uid/ds/resources/regressions/replay',
    method: 'POST',
    data: {
      query: {
        profileTypeId: CPU,
        labelSelector: '{service_name="orders"}',
        baseline: { offset: '1d' },
        leastRatio: 1.5,
      },
      relativeFrom: 3600,
      relativeTo: 0,
      above: 1,
      hours: 24,
    },
  });
});

it('holds a series of the last day against the limit', async () => {
  const question = shareOfFunction(finding(), 'ds');
  const frames = [
    {
      schema: {
        refId: 'A',
        fields: [
          { name: 'time', type: 'time' },
          { name: 'value', type: 'number', labels: { function: 'orders.serializeOrder' } },
        ],
      },
      data: {
        values: [
          [1, 600_001, 1_200_001],
          [0.3, 0.3, 0.1],
        ],
      },
    },
  ];
  const asked = startGrafana({ resource: () => ({ results: { A: { frames } } }) });
  const preview = await lastValueFrom(previewOf(question, NOW));
  expect(preview.firings).toEqual([{ name: 'orders.serializeOrder', from: 300_001, to: 1_200_001, value: 0.3 }]);
  expect(asked.requests[0].data).toMatchObject({ from: String(24 * 3_600_000), to: String(NOW) });
});

it('says why a series could not be had', async () => {
  startGrafana({ resource: () => ({ results: { A: { error: 'No server answers.', status: 502 } } }) });
  const preview = await lastValueFrom(previewOf(shareOfFunction(finding(), 'ds'), NOW));
  expect(preview).toMatchObject({ failure: 'No server answers.', firings: undefined });
});

it('asks for a limit above what a selection costs now', () => {
  const query = { refId: 'A', profileTypeId: CPU, labelSelector: '{}', groupBy: [] };
  const question = costOfSelection({ datasourceUid: 'ds', query, title: 'CPU {{ .x }}', highest: 2, unit: 'cores' });
  expect(question).toMatchObject({ above: 2.4, reducer: 'mean', query: { queryType: 'metrics' } });
  // What a label says is no template.
  expect(question.annotations?.summary).toBe('CPU { { .x } }: {{ printf "%.3g" $values.B.Value }} cores');
});
