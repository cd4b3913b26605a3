import { type DataFrame, type DataSourceInstanceSettings, dateTime, FieldType } from '@grafana/data';
import { DataSourceWithBackend } from '@grafana/runtime';

import { linesOfFrame } from './linesOfFrame';

const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';
const range = { from: dateTime(1000), to: dateTime(2000), raw: { from: 'now-1h', to: 'now' } };
const query = { refId: 'A', profileTypeId: CPU, labelSelector: '{a="b"}' };
const file = { file: '/src/cart.go', startLine: 7, self: 1, total: 2, lines: [{ line: 8, self: 1, total: 2 }] };
const answer = { kind: 'flow', files: [{ ...file, leftOut: 0 }] };
const { signal } = new AbortController();
const OPTIONS = { abortSignal: signal, showErrorAlert: false };

function datasourceOf(type: string) {
  const settings = { type, uid: 'uid', name: 'name', jsonData: {}, meta: {} } as unknown as DataSourceInstanceSettings;
  const datasource = new DataSourceWithBackend(settings);
  const getResource = jest.spyOn(datasource, 'getResource').mockResolvedValue(answer);
  return { datasource, getResource };
}

function frameOf(custom?: object, isDiff = false): DataFrame {
  const names = ['level', 'value', 'label', ...(isDiff ? ['valueRight'] : [])];
  const fields = names.map((name) => ({ name, type: FieldType.number, config: {}, values: [0] }));
  return { fields, length: 1, meta: { custom } };
}

const ours = () => datasourceOf('flamewatch-profiles-datasource');

describe('linesOfFrame', () => {
  it('asks for the lines of a function in the query’s profiles, and knows then where it is written', async () => {
    const { datasource, getResource } = ours();
    const lines = linesOfFrame(frameOf(), { datasource, query }, range)!;
    expect(lines.placeOf('cart.Add')).toBeUndefined();
    expect(await lines.linesOf('cart.Add', signal)).toEqual(answer);
    const params = { type: CPU, query: '{a="b"}', start: 1000, end: 2000, function: 'cart.Add' };
    expect(getResource).toHaveBeenCalledWith('lines', params, OPTIONS);
    expect(lines.placeOf('cart.Add')).toEqual({ file: '/src/cart.go', line: 7 });
  });

  it('goes by what the frame says of itself, also for a query in text', async () => {
    const { datasource, getResource } = ours();
    const text = { ...query, profileTypeId: '', flameql: 'cpu{c="d"}' };
    const frame = frameOf({ profileTypeId: CPU, selector: '{c="d"}', from: 5, to: 9 });
    await linesOfFrame(frame, { datasource, query: text }, range)!.linesOf('cart.Add', signal);
    const params = { type: CPU, query: '{c="d"}', start: 5, end: 9, function: 'cart.Add' };
    expect(getResource).toHaveBeenCalledWith('lines', params, OPTIONS);
  });

  it('asks for both sides of a diff, and scales the comparison as the frame is', async () => {
    const { datasource, getResource } = ours();
    const side = { profileTypeId: CPU, selector: '{v="1"}', from: 1, to: 2, scale: 1 };
    const comparison = { ...side, selector: '{v="2"}', from: 3, to: 4, scale: 0.5 };
    const frame = frameOf({ baseline: side, comparison }, true);
    const found = await linesOfFrame(frame, { datasource, query }, range)!.linesOf('cart.Add', signal);
    expect(found.files[0]).toMatchObject({ total: 1, baseline: { total: 2 } });
    const asked = (selector: string, start: number, end: number) => ({ query: selector, start, end });
    expect(getResource).toHaveBeenCalledWith('lines', expect.objectContaining(asked('{v="1"}', 1, 2)), OPTIONS);
    expect(getResource).toHaveBeenCalledWith('lines', expect.objectContaining(asked('{v="2"}', 3, 4)), OPTIONS);
  });

  it('is not there for other datasources, and where nobody says which profiles they are', () => {
    const { datasource: other } = datasourceOf('prometheus');
    expect(linesOfFrame(frameOf(), { datasource: other, query }, range)).toBeUndefined();
    const { datasource } = ours();
    expect(linesOfFrame(frameOf(), { datasource, query: { ...query, profileTypeId: 'cpu' } }, range)).toBeUndefined();
    expect(linesOfFrame(frameOf(), { datasource, query: { ...query, flameql: 'cpu{}' } }, range)).toBeUndefined();
    expect(linesOfFrame(frameOf({}, true), { datasource, query }, range)).toBeUndefined();
  });
});
