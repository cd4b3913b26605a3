import { imported, originalBytes } from '../../../formats/read/testing/originals';
import { StackProfileBuilder, type ProfilePart, type SampleType } from '../../../formats';

import { sameOriginUrl } from './fetchFile';
import { kindOf, labelsOf } from './keepFile';
import { firstMeasure, measuresOf, sidesOf } from './measures';

function partOf(types: SampleType[], values: number[]): ProfilePart {
  const builder = new StackProfileBuilder(types);
  builder.add(builder.stack(-1, builder.frame('a')), values);
  return { name: '', profile: builder.build(), defaultType: 0 };
}

describe('measures of a file', () => {
  it('are its sample types, the preferred one first', () => {
    const { parts } = imported(originalBytes('go-runtime-pprof/heap.pb.gz'));
    expect(measuresOf(parts).map(({ type, unit }) => `${type} ${unit}`)).toEqual([
      'alloc_objects count',
      'alloc_space bytes',
      'inuse_objects count',
      'inuse_space bytes',
    ]);
    expect(firstMeasure(parts)?.type).toBe('inuse_space');
  });

  it('are those of all threads together', () => {
    const { parts } = imported(originalBytes('py-spy/cpu.speedscope.json'));
    const [measure, ...others] = measuresOf(parts);
    expect(measure).toMatchObject({ type: 'weight', unit: 'nanoseconds' });
    expect(measure.parts).toHaveLength(parts.length);
    expect(others).toEqual([]);
  });

  it('are the difference that a file holds before its sides', () => {
    const sides = ['cpu_baseline', 'cpu_comparison'].map((type) => ({ type, unit: 'nanoseconds' }));
    const parts = [partOf(sides, [1, 2])];
    const measure = firstMeasure(parts)!;
    expect(measure).toMatchObject({ type: 'cpu', isDiff: true });
    expect(sidesOf(measure, parts).map(([{ profile, type }]) => profile.values[type][0])).toEqual([1, 2]);
  });

  it('with values below 0 have two sides', () => {
    const parts = [partOf([{ type: 'space', unit: 'bytes' }], [-5])];
    expect(sidesOf(firstMeasure(parts)!, parts)).toHaveLength(2);
  });
});

describe('an address', () => {
  it.each(['/public/a.json', 'a.json', ' http://localhost/x '])('of this Grafana is opened: %s', (address) => {
    expect(sameOriginUrl(address)?.origin).toBe(window.location.origin);
  });

  it.each([
    '',
    '//elsewhere/x',
    'http://localhost@elsewhere/x',
    'https://localhost/x',
    'javascript:alert(1)',
    'data:,x',
    'file:///etc/passwd',
    'http://localhost:81/',
  ])('elsewhere is not: %s', (address) => {
    expect(sameOriginUrl(address)).toBeUndefined();
  });
});

describe('what is kept', () => {
  it('is of the kind that the sample types suggest', () => {
    const kind = (file: string) => kindOf(imported(originalBytes(file)).parts);
    expect(kind('go-runtime-pprof/cpu.before.pb.gz')).toBe('cpu');
    expect(kind('go-runtime-pprof/heap.pb.gz')).toBe('heap');
    expect(kind('go-runtime-pprof/mutex.pb.gz')).toBe('mutex');
    expect(kind('go-runtime-pprof/goroutine.pb.gz')).toBe('goroutine');
  });

  it('has labels as they are written', () => {
    expect(labelsOf('incident=4711, team = shop,')).toEqual({ incident: '4711', team: 'shop' });
    expect(labelsOf('incident')).toBeUndefined();
    expect(labelsOf('__name__=x')).toBeUndefined();
  });
});
