import {
  type DataFrame,
  type DataSourceApi,
  type DataSourceInstanceSettings,
  dateTime,
  FieldType,
  LoadingState,
  type PanelData,
} from '@grafana/data';
import { config } from '@grafana/runtime';

import { ingest } from '../engine';

import { columnsOf } from './flameFrame';
import { frameActions } from './frameActions';
import type { FilledQuery } from './useFilledQuery';

const LINK = { title: 'Runbook', href: '/runbook', target: '_self' as const, origin: {} };

function frameWith(getLinks?: jest.Mock): DataFrame {
  const field = (name: string, values: number[]) => ({ name, type: FieldType.number, config: {}, values });
  return {
    refId: 'A',
    length: 3,
    fields: [
      field('level', [0, 1, 1]),
      { ...field('value', [10, 6, 4]), getLinks },
      { name: 'label', type: FieldType.string, config: {}, values: ['total', 'a.b', 'c'] },
    ],
  };
}

const range = { from: dateTime(1000), to: dateTime(2000), raw: { from: 'now-1h', to: 'now' } };
const data = {
  state: LoadingState.Done,
  series: [],
  timeRange: range,
  request: { range, targets: [] },
} as unknown as PanelData;

const filled = (query: Record<string, unknown> = {}, type = 'flamewatch-profiles-datasource'): FilledQuery => ({
  datasource: { type, uid: 'uid' } as DataSourceApi,
  query: { refId: 'A', profileTypeId: 'cpu:cpu:ns:cpu:ns', labelSelector: '{a="b"}', ...query },
});

const CHOSEN = { name: 'a.b', stack: ['total', 'a.b'], total: 6 };

function actionsOf(given: FilledQuery | undefined, getLinks?: jest.Mock) {
  const frame = frameWith(getLinks);
  return frameActions(frame, ingest(columnsOf(frame)), data, given, 'same-tab')!(CHOSEN);
}

describe('spans of the service', () => {
  const spansOf = (query: Record<string, unknown>) =>
    actionsOf(filled(query)).find(({ label }) => label === 'Slowest spans of this service')?.href;

  afterEach(() => {
    config.datasources = {};
  });

  it('are offered where there is a data source of traces', () => {
    const query = { labelSelector: '{service_name="check out"}' };
    expect(spansOf(query)).toBeUndefined();
    config.datasources = { Tempo: { type: 'tempo' } as DataSourceInstanceSettings };
    const url = new URL(spansOf(query) ?? '', 'http://grafana');
    expect(url.pathname).toBe('/a/flamewatch-profiles-app/traces');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      'var-ds': 'uid',
      'var-service': 'check out',
      from: '1000',
      to: '2000',
    });
    expect(spansOf({ flameql: 'cpu{service_name="check out"}' })).toBeDefined();
    expect(spansOf({ labelSelector: '{service_name=~"a|b"}' })).toBeUndefined();
  });
});

describe('frameActions', () => {
  it('leads to Explore with the function in the query', () => {
    const [explore] = actionsOf(filled());
    const url = new URL(explore.href!, 'http://grafana');
    expect(url.pathname).toBe('/explore');
    expect(JSON.parse(url.searchParams.get('panes')!).left).toMatchObject({
      datasource: 'uid',
      queries: [{ labelSelector: '{a="b"}', flameql: 'cpu:cpu:ns:cpu:ns{a="b"} function "^a\\\\.b$"' }],
      range: { from: '1000', to: '2000' },
    });
  });

  it.each([
    ['nobody knows the query', undefined],
    ['it is another datasource’s', filled({}, 'prometheus')],
    ['it is written as text', filled({ flameql: 'cpu{}' })],
    ['it has no type', filled({ profileTypeId: '' })],
  ])('does not when %s', (_, given) => {
    expect(actionsOf(given)).toEqual([]);
  });

  it('offers the data links of the frame’s row', () => {
    const getLinks = jest.fn(() => [LINK]);
    const [link] = actionsOf(undefined, getLinks);
    expect(getLinks).toHaveBeenCalledWith({ valueRowIndex: 1 });
    expect(link).toMatchObject({ label: 'Runbook', href: '/runbook', target: '_self' });
  });

  it('lets Explore open a link beside what is there, unless it is to be a new tab', () => {
    const onClick = jest.fn();
    const frame = frameWith(jest.fn(() => [{ ...LINK, onClick }]));
    const first = (target: 'same-tab' | 'new-tab') =>
      frameActions(frame, ingest(columnsOf(frame)), data, undefined, target)!(CHOSEN)[0];
    expect(first('same-tab')).not.toHaveProperty('href');
    first('same-tab').onClick?.();
    expect(onClick).toHaveBeenCalledTimes(1);
    expect(first('new-tab')).toMatchObject({ href: '/runbook', target: '_blank' });
  });

  it('is nothing when links are off', () => {
    const frame = frameWith();
    expect(frameActions(frame, ingest(columnsOf(frame)), data, filled(), 'off')).toBeUndefined();
  });
});
