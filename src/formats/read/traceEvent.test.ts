import { count, imported, originalBytes } from './testing/originals';
import { read } from './testing/written';

describe('trace events', () => {
  it('nest complete events in begun ones', () => {
    const { parts } = imported(originalBytes('from-speedscope/trace-event/simple.json'));
    const { self, totals } = count(parts, () => 0);
    expect(Object.fromEntries(self)).toEqual({ alpha: 2, beta: 3, gamma: 5, epsilon: 4 });
    expect(Object.fromEntries(totals)).toEqual({ alpha: 14, beta: 12, gamma: 5, epsilon: 4 });
  });

  it('are read from a list whose end is missing', () => {
    const { parts, notices } = imported(originalBytes('from-speedscope/trace-event/simple-partial.json'));
    expect(count(parts, () => 0).totals.get('alpha')).toBe(14);
    expect(notices[0]).toContain('end of the file is missing');
  });

  it('that do not match are told', () => {
    const { parts, notices } = imported(originalBytes('from-speedscope/trace-event/unbalanced-name.json'));
    expect(count(parts, () => 0).totals.get('alpha')).toBe(9);
    expect(notices[0]).toMatch(/^\d events/);
  });

  it('give the CPU profile that Chrome wrote in chunks', () => {
    const chunk = (nodes: object[], samples: number[], timeDeltas: number[]) => ({
      ...{ ph: 'P', name: 'ProfileChunk', pid: 1, tid: 9, id: '0x1' },
      args: { data: { cpuProfile: { nodes, samples }, timeDeltas } },
    });
    const node = (id: number, functionName: string, parent?: number) => ({ id, parent, callFrame: { functionName } });
    const { parts } = read({
      traceEvents: [
        { ph: 'M', name: 'thread_name', pid: 1, tid: 2, args: { name: 'Renderer' } },
        { ph: 'P', name: 'Profile', pid: 1, tid: 2, id: '0x1', args: { data: { startTime: 100 } } },
        chunk([node(1, '(root)'), node(2, 'a', 1)], [2, 2], [0, 10]),
        chunk([node(3, 'b', 2)], [3, 3], [10, 10]),
      ],
    });
    expect(parts.map(({ name }) => name)).toEqual(['CPU profile, Renderer (2)']);
    expect(Object.fromEntries(count(parts, () => 1).self)).toEqual({ a: 20, b: 20 });
  });
});
