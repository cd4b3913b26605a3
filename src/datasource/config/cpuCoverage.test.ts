import { coverageOf, dutyCycleOf } from './cpuCoverage';

it.each([
  [{ seconds: 10, every: 60 }, 1 / 6],
  [{ seconds: 5, every: 5 }, 1],
  [{ seconds: 0, every: 60 }, undefined],
  [{ seconds: 61, every: 60 }, undefined],
  [{ seconds: NaN, every: 60 }, undefined],
])('%j covers %p', (cycle, coverage) => {
  expect(coverageOf(cycle)).toBe(coverage);
});

it('shows a share as seconds of a minute', () => {
  expect(dutyCycleOf(1 / 6)).toEqual({ seconds: 10, every: 60 });
  expect(dutyCycleOf(1 / 7)).toEqual({ seconds: 8.571, every: 60 });
});
