import { createDataFrame, dateTime, LoadingState, type PanelData } from '@grafana/data';

import { leaveQueries } from '../links/askedQuery';

import { withRequest } from './withRequest';

const query = { refId: 'A', labelSelector: '{service_name="checkout"}', datasource: { uid: 'ds' } };
const timeRange = { from: dateTime(1000), to: dateTime(2000), raw: { from: dateTime(1000), to: dateTime(2000) } };

function dataOf(custom?: object): PanelData {
  const frame = createDataFrame({ refId: 'A', meta: { custom }, fields: [] });
  return { state: LoadingState.Done, timeRange, series: [frame] };
}

it('takes the query that was left in a frame where there is no request', () => {
  const data = dataOf({ shows: 'text' });
  leaveQueries(data.series, [{ refId: 'B' }, query]);
  expect(data.series[0].meta?.custom).toEqual({ shows: 'text', asked: query });
  expect(withRequest(data).request).toMatchObject({
    app: 'explore',
    targets: [query],
    range: timeRange,
    scopedVars: {},
  });
});

it('keeps a request that is there', () => {
  const data = dataOf();
  leaveQueries(data.series, [query]);
  const request = { targets: [] } as unknown as PanelData['request'];
  expect(withRequest({ ...data, request }).request).toBe(request);
});

it.each([
  ['nothing', undefined],
  ['something else', { asked: 'text' }],
])('knows no request where %s was left', (_, custom) => {
  const data = dataOf(custom);
  leaveQueries(data.series, [{ refId: 'B' }]);
  expect(withRequest(data)).toBe(data);
});
