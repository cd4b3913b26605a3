import { type DataSourceInstanceSettings, dateTime } from '@grafana/data';
import { DataSourceWithBackend } from '@grafana/runtime';

import { linesOfQuery } from './linesOfQuery';

const range = { from: dateTime(1000), to: dateTime(2000), raw: { from: 'now-1h', to: 'now' } };
const query = { refId: 'A', profileTypeId: 'process_cpu:cpu:nanoseconds:cpu:nanoseconds', labelSelector: '{a="b"}' };
const file = { file: '/src/cart.go', startLine: 7, self: 1, total: 2, lines: [], leftOut: 0 };

function datasourceOf(type: string) {
  const settings = { type, uid: 'uid', name: 'name', jsonData: {}, meta: {} } as unknown as DataSourceInstanceSettings;
  return new DataSourceWithBackend(settings);
}

describe('linesOfQuery', () => {
  it('asks for the lines of a function in the query’s profiles, and knows then where it is written', async () => {
    const datasource = datasourceOf('flamewatch-profiles-datasource');
    const getResource = jest.spyOn(datasource, 'getResource').mockResolvedValue({ kind: 'flow', files: [file] });
    const lines = linesOfQuery({ datasource, query }, range)!;
    const { signal } = new AbortController();
    expect(lines.placeOf('cart.Add')).toBeUndefined();
    expect(await lines.linesOf('cart.Add', signal)).toEqual({ kind: 'flow', files: [file] });
    expect(getResource).toHaveBeenCalledWith(
      'lines',
      { type: query.profileTypeId, query: '{a="b"}', start: 1000, end: 2000, function: 'cart.Add' },
      { abortSignal: signal, showErrorAlert: false }
    );
    expect(lines.placeOf('cart.Add')).toEqual({ file: '/src/cart.go', line: 7 });
  });

  it('is not there for other datasources and for queries without a whole type', () => {
    expect(linesOfQuery({ datasource: datasourceOf('prometheus'), query }, range)).toBeUndefined();
    const datasource = datasourceOf('flamewatch-profiles-datasource');
    expect(linesOfQuery({ datasource, query: { ...query, profileTypeId: 'cpu' } }, range)).toBeUndefined();
  });
});
