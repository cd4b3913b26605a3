import { firstChoice, readProfileType } from './profileType';
import { describeProfileType } from './wording';
import { describeWrittenType } from './writtenType';

const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';

describe('describeProfileType', () => {
  it.each([
    [CPU, 'CPU', 'Time on CPU'],
    ['process_cpu:samples:count:cpu:nanoseconds', 'CPU', 'Samples taken on CPU'],
    ['process_cpu:wall:nanoseconds:wall:nanoseconds', 'Elapsed time', 'Elapsed time, running or waiting'],
    ['wall:wall:nanoseconds:wall:nanoseconds', 'Elapsed time', 'Elapsed time, running or waiting'],
    ['off_cpu:off_cpu:nanoseconds:off_cpu:nanoseconds', 'Elapsed time', 'Time spent waiting, off the CPU'],
    ['memory:alloc_space:bytes:space:bytes', 'Memory', 'Bytes allocated'],
    ['memory:alloc_objects:count:space:bytes', 'Memory', 'Objects allocated'],
    ['memory:alloc_in_new_tlab_bytes:bytes::', 'Memory', 'Bytes allocated, small objects'],
    ['memory:alloc_in_new_tlab_objects:count::', 'Memory', 'Objects allocated'],
    ['memory:inuse_space:bytes:space:bytes', 'Memory', 'Memory in use'],
    ['memory:inuse_objects:count:space:bytes', 'Memory', 'Objects in use'],
    ['memory:live:count::', 'Memory', 'Objects in use'],
    ['mutex:delay:nanoseconds:contentions:count', 'Locks and channels', 'Time others waited for a lock'],
    ['lock:lock_count:count::', 'Locks and channels', 'Waits for a lock'],
    ['block:contentions:count:contentions:count', 'Locks and channels', 'Times blocked on locks and channels'],
    ['goroutine:goroutine:count:goroutine:count', 'Goroutines and threads', 'Goroutines alive'],
    ['goroutines:goroutine:count:goroutine:count', 'Goroutines and threads', 'Goroutines alive'],
    ['exception:exception:count::', 'Exceptions', 'Exceptions thrown'],
    ['queue:depth:count:x:y', 'Other', 'queue · depth (count)'],
    ['$type', 'Other', '$type'],
    ['', 'Other', ''],
  ])('%s', (id, measure, title) => {
    expect(describeProfileType(id)).toMatchObject({ measure, title });
  });

  it('ranks types of one measure side by side, the most telling first', () => {
    const ids = [
      'queue:depth:count:x:y',
      'memory:inuse_objects:count:space:bytes',
      'wall:wall:nanoseconds:wall:nanoseconds',
      'memory:alloc_space:bytes:space:bytes',
      'process_cpu:samples:count:cpu:nanoseconds',
      'memory:inuse_space:bytes:space:bytes',
      CPU,
    ];
    const ranked = ids.map(describeProfileType).sort((a, b) => a.rank - b.rank);
    expect(ranked.map(({ title }) => title)).toEqual([
      'Time on CPU',
      'Samples taken on CPU',
      'Elapsed time, running or waiting',
      'Memory in use',
      'Bytes allocated',
      'Objects in use',
      'queue · depth (count)',
    ]);
  });
});

it.each([
  ['cpu', 'Time on CPU'],
  ['heap', 'Memory in use'],
  ['allocs', 'Bytes allocated'],
  ['goroutine', 'Goroutines alive'],
  ['mutex', 'Time others waited for a lock'],
  ['block', 'Time blocked on locks and channels'],
  ['wall', 'Elapsed time, running or waiting'],
  ['off_cpu', 'Time spent waiting, off the CPU'],
  ['threadcreate', 'Threads'],
  ['process_cpu:cpu', 'Time on CPU'],
  [CPU, 'Time on CPU'],
  ['$type', '$type'],
  ['queue:depth', 'queue:depth'],
])('names the written type %s', (type, words) => {
  expect(describeWrittenType(type)).toBe(words);
});

it('reads what is no id as a name', () => {
  expect(readProfileType('${type:raw}')).toEqual({
    id: '${type:raw}',
    name: '${type:raw}',
    sampleType: '',
    sampleUnit: '',
  });
});

describe('firstChoice', () => {
  it('prefers time on CPU to its samples', () => {
    expect(
      firstChoice(['memory:inuse_space:bytes:space:bytes', 'process_cpu:samples:count:cpu:nanoseconds', CPU])
    ).toBe(CPU);
  });

  it('takes wall time before anything that is not time', () => {
    const wall = 'wall:wall:nanoseconds:wall:nanoseconds';
    expect(firstChoice(['memory:inuse_space:bytes:space:bytes', wall])).toBe(wall);
  });

  it('takes what there is', () => {
    expect(firstChoice(['queue:depth:count:x:y'])).toBe('queue:depth:count:x:y');
    expect(firstChoice([])).toBeUndefined();
  });
});
