import { lastValueFrom, type Observable, of } from 'rxjs';

import { type DataQueryRequest, type DataQueryResponse, dateTime } from '@grafana/data';
import { DataSourceWithBackend } from '@grafana/runtime';

import recorded from '../../../testdata/tempo/requests.json';

import { datasourceWith } from '../editor/testing';
import type { ProfilesQuery } from '../query';

import { wallOf } from './wallOf';

const ask = jest.spyOn(DataSourceWithBackend.prototype, 'query').mockImplementation(({ targets }) => {
  return of({ data: targets.map((target) => ({ ...target, length: 0, fields: [] })) }) as Observable<DataQueryResponse>;
});

type Recorded = (typeof recorded)[number]['request'];

function requestOf({ range, ...rest }: Recorded) {
  const raw = range.raw && { from: dateTime(range.raw.from), to: dateTime(range.raw.to) };
  return {
    ...rest,
    range: { from: dateTime(range.from), to: dateTime(range.to), raw },
  } as unknown as DataQueryRequest<ProfilesQuery>;
}

// Requests as a real Grafana with core's Tempo data source sent them; see testdata/tempo.
it.each(recorded.map((one) => [one.name, one] as const))('%s', async (_, { request, wallMs }) => {
  ask.mockClear();
  const datasource = datasourceWith();
  expect(datasource).toBeInstanceOf(DataSourceWithBackend);
  // Tempo waits for the last value: a stream that ends without one would be an error.
  await lastValueFrom(datasource.query(requestOf(request)));
  const [asked] = ask.mock.calls[0][0].targets as ProfilesQuery[];
  const [sent] = request.targets;
  expect(asked).toMatchObject({ ...sent, wallMs });
  // Grafana fills in variables once more on the way; what is left of a template is for the backend to explain.
  expect(datasource.applyTemplateVariables(asked, request.scopedVars).spanSelector).toEqual(sent.spanSelector);
});

describe('the time a span took', () => {
  const query = { refId: 'profile', spanSelector: ['61940201a61f3e83'] } as ProfilesQuery;
  const range = (from: number, to: number, raw?: object) =>
    ({ range: { from: dateTime(from), to: dateTime(to), raw } }) as unknown as DataQueryRequest;

  it('is not told by a query of something else', () => {
    expect(wallOf({ ...query, refId: 'A' }, range(0, 5))).toBeUndefined();
    expect(wallOf({ ...query, spanSelector: [] }, range(0, 5))).toBeUndefined();
  });

  it('is not told by a range that the reader chose since', () => {
    expect(wallOf(query, range(0, 3_600_000, { from: 'now-1h', to: 'now' }))).toBeUndefined();
    expect(wallOf(query, range(5, 5))).toBeUndefined();
  });
});
