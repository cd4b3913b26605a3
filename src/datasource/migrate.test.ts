import { readSavedQuery, type SavedQuery } from './migrate';

const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';

describe('readSavedQuery', () => {
  it('keeps a query of the core datasource as it is', () => {
    const saved = {
      refId: 'A',
      datasource: { type: 'grafana-pyroscope-datasource', uid: 'x' },
      labelSelector: '{service_name="checkout"}',
      profileTypeId: CPU,
      queryType: 'both',
      groupBy: ['pod'],
      spanSelector: ['61940201a61f3e83'],
      limit: 5,
      maxNodes: 1024,
      annotations: true,
      includeHeatmap: true,
    } satisfies SavedQuery & { includeHeatmap: boolean };
    expect(readSavedQuery(saved)).toEqual(saved);
  });

  it.each<[string, Partial<SavedQuery>, object]>([
    ['nothing but a refId', {}, { labelSelector: '{}', profileTypeId: '', groupBy: [] }],
    ['an empty selector', { labelSelector: '  ' }, { labelSelector: '{}' }],
    ['null everywhere', { labelSelector: null, profileTypeId: null, groupBy: null }, { labelSelector: '{}' }],
    ['one label to group by', { groupBy: 'pod' }, { groupBy: ['pod'] }],
    ['empty labels to group by', { groupBy: ['', ' pod ', 7] }, { groupBy: ['pod'] }],
    ['span ids typed with commas', { spanSelector: ['a1, b2 c3'] }, { spanSelector: ['a1', 'b2', 'c3'] }],
    ['a span id as text', { spanSelector: 'a1' }, { spanSelector: ['a1'] }],
    ['the empty span id of an emptied field', { spanSelector: [''] }, { spanSelector: [] }],
    ['numbers as text', { limit: '12', maxNodes: '0' }, { limit: 12, maxNodes: undefined }],
    ['numbers that count nothing', { limit: -1, maxNodes: 2.5 }, { limit: undefined, maxNodes: undefined }],
    ['an unknown query type', { queryType: 'heat' }, { queryType: 'heat' }],
  ])('reads %s', (_, saved, expected) => {
    expect(readSavedQuery({ refId: 'A', ...saved })).toMatchObject(expected);
  });

  it('drops a query type that is no word', () => {
    const saved = { refId: 'A', queryType: 3 as unknown as string };
    expect(readSavedQuery(saved)).not.toHaveProperty('queryType');
  });

  it('leaves a template in one piece', () => {
    const span = '${__span.tags["pyroscope.profile, id"]}';
    expect(readSavedQuery({ refId: 'A', spanSelector: [span] }).spanSelector).toEqual([span]);
  });

  it('changes nothing the second time', () => {
    const once = readSavedQuery({ refId: 'A', spanSelector: 'a,b', limit: '3', groupBy: 'pod' });
    expect(readSavedQuery(once)).toEqual(once);
  });
});
