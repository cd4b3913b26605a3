import { ingest, runNow, topTable, total, type CallTree } from '../engine';
import originals from '../../testdata/profiles/originals.json';

import { hasNegative, mergedColumnsSteps, type Measure } from './mergedColumns';
import { imported, originalBytes } from './read/testing/originals';
import { StackProfileBuilder } from './stackProfile';
import { NO_SAMPLE, timeColumnsSteps } from './timeColumns';

function measureOf(file: string, type: string): Measure {
  const [{ profile }] = imported(originalBytes(file)).parts;
  return { profile, type: profile.sampleTypes.findIndex((each) => each.type === type) };
}

function top(tree: CallTree, column: 'self' | 'total', count: number) {
  const table = topTable(tree);
  return Array.from(table.label, (label, row) => ({ name: tree.labels[label], value: table[column][row] }))
    .filter(({ name, value }) => name !== 'total' && value > 0)
    .sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1))
    .slice(0, count);
}

describe('merged columns', () => {
  const before = 'go-runtime-pprof/cpu.before.pb.gz';
  const expected = originals.files.find(({ file }) => file === before)!;

  it('make a call tree with the top functions that other tools found', () => {
    const tree = ingest(runNow(mergedColumnsSteps([[measureOf(before, 'cpu')]])));
    expect(total(tree, 0)).toBe(expected.total);
    expect(top(tree, 'self', 5)).toEqual(expected.topSelf);
    expect(top(tree, 'total', 5)).toEqual(expected.topTotal);
  });

  it('hold two files against each other', () => {
    const sides = [before, 'go-runtime-pprof/cpu.after-slower.pb.gz'].map((file) => [measureOf(file, 'cpu')]);
    const tree = ingest(runNow(mergedColumnsSteps([sides[0], sides[1]])));
    const table = topTable(tree);
    const row = table.label.indexOf(tree.labels.indexOf('example.com/orderservice/orders.serializeOrder'));
    expect(table.diff!.totalRight[row]).toBe(8_090_000_000);
    expect(table.total[row] - table.diff!.totalRight[row]).toBe(6_110_000_000);
  });

  it('add files of the same type up', () => {
    const measure = measureOf(before, 'cpu');
    expect(total(ingest(runNow(mergedColumnsSteps([[measure, measure]]))), 0)).toBe(2 * expected.total!);
  });

  it('show values below 0 as what became less', () => {
    const file = 'go-net-http-pprof/heap-delta-seconds2.pb.gz';
    const measure = measureOf(file, 'inuse_space');
    expect(hasNegative(measure)).toBe(true);
    const tree = ingest(runNow(mergedColumnsSteps([[{ ...measure, only: 'below' }], [{ ...measure, only: 'above' }]])));
    const more = tree.diff!.totalRight[0];
    const less = total(tree, 0) - more;
    expect(more).toBeGreaterThan(0);
    expect(more - less).toBe(originals.files.find(({ file: name }) => name === file)!.total);
  });

  it('count times in nanoseconds', () => {
    const builder = new StackProfileBuilder([{ type: 'wall', unit: 'milliseconds' }]);
    builder.add(builder.stack(-1, builder.frame('a')), [2]);
    expect(total(ingest(runNow(mergedColumnsSteps([[{ profile: builder.build(), type: 0 }]]))), 0)).toBe(2e6);
  });
});

describe('columns in the order of time', () => {
  function ordered(samples: ReadonlyArray<readonly [string, number, number]>) {
    const builder = new StackProfileBuilder([{ type: 'samples', unit: 'count' }]);
    for (const [stack] of samples) {
      const frames = stack.split(';').filter(Boolean);
      builder.add(
        frames.reduce((at, name) => builder.stack(at, builder.frame(name)), -1),
        [1]
      );
    }
    const start = Float64Array.from(samples, ([, at]) => at);
    const end = Float64Array.from(samples, ([, , at]) => at);
    const timeline = { unit: 'milliseconds', start, end };
    const columns = runNow(timeColumnsSteps({ name: '', profile: builder.build(), defaultType: 0, timeline }))!;
    const { index, text } = columns.label as { index: ArrayLike<number>; text: string[] };
    return Array.from(columns.level, (level, row) => `${level} ${text[index[row]]} ${columns.value[row] / 1e6}`);
  }

  it('keep calls apart that come again', () => {
    expect(
      ordered([
        ['main;a', 0, 1],
        ['main;a;b', 1, 2],
        ['main;c', 2, 3],
        ['main;a', 3, 5],
      ])
    ).toEqual(['0 total 5', '1 main 5', '2 a 2', '3 b 1', '2 c 1', '2 a 2']);
  });

  it('show when nothing was sampled', () => {
    expect(
      ordered([
        ['a', 10, 11],
        ['', 11, 12],
        ['a', 14, 15],
      ])
    ).toEqual(['0 total 5', '1 a 1', `1 ${NO_SAMPLE} 3`, '1 a 1']);
  });

  it.each(['py-spy/cpu.speedscope.json', 'py-spy/cpu.chrometrace.json.gz', 'node/orderservice.cpuprofile.gz'])(
    'last as long as %s does',
    (file) => {
      for (const part of imported(originalBytes(file)).parts) {
        const { start, end } = part.timeline!;
        const tree = ingest(runNow(timeColumnsSteps(part))!);
        const factor = part.timeline!.unit === 'seconds' ? 1e9 : 1e3;
        expect(total(tree, 0) / ((end[end.length - 1] - start[0]) * factor)).toBeCloseTo(1, 6);
      }
    }
  );
});
