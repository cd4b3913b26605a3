import { filtersOf, labelSelectorOf, matchersOf, typeFor } from './profileSelection';

const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';
const CPU_SAMPLES = 'process_cpu:samples:count:cpu:nanoseconds';
const GOROUTINES = 'goroutine:goroutine:count:goroutine:count';
const GOROUTINES_ELSEWHERE = 'goroutines:goroutine:count:goroutine:count';
const HEAP = 'memory:inuse_space:bytes:space:bytes';

describe('labelSelectorOf', () => {
  it.each([
    [{ filters: '' }, '{}'],
    [{ service: 'a', filters: '' }, '{service_name="a"}'],
    [{ service: 'a"\\b', filters: '{}' }, '{service_name="a\\"\\\\b"}'],
    [{ service: 'a', filters: '{pod=~"x|y", zone!="z"}' }, '{service_name="a", pod=~"x|y", zone!="z"}'],
    [{ filters: '{pod="x"}' }, '{pod="x"}'],
    [{ service: 'a', filters: '{pod=' }, '{service_name="a"}'],
  ])('%j', (selection, selector) => {
    expect(labelSelectorOf(selection)).toBe(selector);
  });
});

it('says what is wrong with filters', () => {
  expect(matchersOf({ filters: '{pod=' }).fault).toContain('Expected');
  expect(matchersOf({ filters: '{pod="x"}' })).not.toHaveProperty('fault');
});

it('writes no filters as nothing', () => {
  expect(filtersOf([])).toBe('');
  expect(filtersOf([{ label: 'pod', op: '=', value: 'x' }])).toBe('{pod="x"}');
});

describe('typeFor', () => {
  it.each([
    ['the same type', [CPU_SAMPLES, CPU], CPU, CPU],
    ['one of the same meaning', [CPU, GOROUTINES_ELSEWHERE], GOROUTINES, GOROUTINES_ELSEWHERE],
    ['the most telling', [HEAP, CPU_SAMPLES, CPU], GOROUTINES, CPU],
    ['the most telling to begin with', [HEAP, CPU], undefined, CPU],
    ['what was there when nothing was sent', [], CPU, CPU],
    ['what was there when nobody knows', undefined, CPU, CPU],
  ])('is %s', (_, sent, current, expected) => {
    expect(typeFor(sent, current)).toBe(expected);
  });
});
