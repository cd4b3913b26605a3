import { sparklinePath } from './sparklinePath';

it('goes from left to right and from 0 to the highest', () => {
  const { line, area, highest } = sparklinePath([0, 5, 10], 100, 21);
  expect(highest).toBe(10);
  expect(line).toBe('M0.0 20.5L50.0 10.5L100.0 0.5');
  expect(area).toBe('M0.0 21L0.0 20.5L50.0 10.5L100.0 0.5L100.0 21Z');
});

it('passes over what is not known', () => {
  expect(sparklinePath([10, null, 10], 100, 21).line).toBe('M0.0 0.5L100.0 0.5');
});

it('draws nothing of no value, a level line of one, and zeros at the bottom', () => {
  expect(sparklinePath([], 100, 20)).toEqual({ line: '', area: '', highest: 0 });
  expect(sparklinePath([null, null], 100, 20)).toEqual({ line: '', area: '', highest: 0 });
  expect(sparklinePath([null, 3], 100, 20).line).toBe('M0 0.5H100');
  expect(sparklinePath([0, 0], 100, 20).line).toBe('M0.0 19.5L100.0 19.5');
});
