import { dateMath } from '@grafana/data';

import { shiftBack, writeDuration } from './shiftRange';

it.each([
  ['now', 3600, 'now-1h'],
  ['now-1h', 3600, 'now-2h'],
  ['now-1h', 86_400, 'now-25h'],
  ['now-30m', 3600, 'now-90m'],
  ['now-7d', 604_800, 'now-14d'],
  ['now-2w', 86_400, 'now-15d'],
  ['now-45s', 15, 'now-1m'],
  ['now/d', 3600, 'now/d-1h'],
  ['now-1d/d', 86_400, 'now-1d/d-1d'],
  ['now-1M', 86_400, 'now-1M-1d'],
  [10_000, 5, 5000],
  ['2026-11-24T12:00:00.000Z', 3600, '2026-11-24T11:00:00.000Z'],
])('%s so many seconds before, %d, is %s', (moment, seconds, before) => {
  expect(shiftBack({ from: moment, to: moment }, seconds)).toEqual({ from: before, to: before });
});

it.each(['now', 'now-1h', 'now-36m', 'now/d', 'now-3d/d', 'now-2w'])('is what Grafana reads, from %s on', (moment) => {
  const at = (text: string | number) => dateMath.toDateTime(String(text), {})?.valueOf() ?? NaN;
  const back = at(moment) - at(shiftBack({ from: moment, to: moment }, 5400).from);
  // The clock moves on between the two.
  expect(Math.abs(back - 5_400_000)).toBeLessThan(1000);
});

it.each([
  [0, '0d'],
  [86_400, '1d'],
  [604_800, '7d'],
  [90, '90s'],
  [5400, '90m'],
  [7200, '2h'],
])('%d seconds are %s', (seconds, text) => {
  expect(writeDuration(seconds)).toBe(text);
});
