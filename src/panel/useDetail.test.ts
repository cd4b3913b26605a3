import { act, renderHook } from '@testing-library/react';
import { of } from 'rxjs';

import { type DataFrame, FieldType, type PanelData } from '@grafana/data';
import { setDataSourceSrv } from '@grafana/runtime';

import { useDetail } from './useDetail';

function frameOf(names: string[], maxNodes: number): DataFrame {
  const field = (name: string, values: unknown[], type = FieldType.number) => ({ name, type, config: {}, values });
  return {
    refId: 'A',
    length: names.length,
    meta: { custom: { maxNodes } },
    fields: [
      field('level', [0, ...names.slice(1).map(() => 1)]),
      field(
        'value',
        names.map((_, at) => (at === 0 ? 10 : 1))
      ),
      field('label', names, FieldType.string),
    ],
  };
}

const shown = frameOf(['total', 'main', 'other'], 100);
const data = { request: { requestId: 'Q1', targets: [{ refId: 'A' }] } } as unknown as PanelData;

async function opened(answer: object) {
  const query = jest.fn(() => of(answer));
  setDataSourceSrv({ get: () => Promise.resolve({ query }) } as unknown as Parameters<typeof setDataSourceSrv>[0]);
  const { result } = renderHook(() => useDetail(data, shown));
  await act(async () => result.current.open?.(['total']));
  return { result, query };
}

describe('useDetail', () => {
  it('asks for more frames and shows them', async () => {
    const more = frameOf(['total', 'main', 'work', 'rest'], 800);
    const { result, query } = await opened({ data: [more] });
    expect(query).toHaveBeenCalledWith(
      expect.objectContaining({ targets: [{ refId: 'A', callSite: [], maxNodes: 800 }], requestId: 'Q1-detail' })
    );
    expect(result.current.frame?.length).toBe(4);
    expect(result.current).toMatchObject({ isOpening: false, problem: undefined });
  });

  it.each([
    [
      'what the backend says',
      { data: [], errors: [{ data: { message: 'The server is down.' } }] },
      'The server is down.',
    ],
    ['what failed', { data: [], error: { message: 'Timeout' } }, 'Timeout'],
    ['that there is nothing', { data: [] }, 'The datasource answered with nothing.'],
  ])('keeps what was shown and says %s', async (_, answer, problem) => {
    const { result } = await opened(answer);
    expect(result.current).toMatchObject({ frame: undefined, isOpening: false, problem });
    act(() => result.current.dismiss());
    expect(result.current.problem).toBeUndefined();
  });
});
