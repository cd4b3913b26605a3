import type { Deploy } from '../resources/deploys';

import { deployedWithin, previousVersion } from './previousVersion';

const HOUR = 3_600_000;
const deploy = (at: number, version: string, before: string): Deploy => ({
  at,
  service: 'shop',
  label: 'version',
  version,
  before,
});
const span = { start: 10 * HOUR, end: 11 * HOUR };

it('holds a version against the one before it, since the deploy', () => {
  const deploys = [deploy(2 * HOUR, '1', '0'), deploy(10.5 * HOUR, '2', '1')];
  expect(previousVersion({ service: 'shop', filters: '{pod=~"a.*"}' }, span, deploys)).toEqual({
    comparison: {
      selector: '{service_name="shop", pod=~"a.*", version="2"}',
      range: { from: 10.5 * HOUR, to: 11 * HOUR },
    },
    baseline: {
      selector: '{service_name="shop", pod=~"a.*", version="1"}',
      range: { from: 10 * HOUR, to: 10.5 * HOUR },
    },
  });
});

it('takes the whole range where the deploy was before it', () => {
  const sides = previousVersion({ service: 'shop', filters: '' }, span, [deploy(2 * HOUR, '1', '0')]);
  expect(sides?.comparison.range).toEqual({ from: 10 * HOUR, to: 11 * HOUR });
  expect(sides?.baseline.range).toEqual({ from: HOUR, to: 2 * HOUR });
});

it('takes the deploy of the version that is selected', () => {
  const deploys = [deploy(2 * HOUR, '1', '0'), deploy(10.5 * HOUR, '2', '1')];
  const sides = previousVersion({ service: 'shop', filters: '{version="1"}' }, span, deploys);
  expect(sides?.comparison.selector).toBe('{service_name="shop", version="1"}');
  expect(sides?.baseline.selector).toBe('{service_name="shop", version="0"}');
});

it('knows nothing without a deploy', () => {
  expect(previousVersion({ service: 'shop', filters: '' }, span, [])).toBeUndefined();
  expect(previousVersion({ service: 'shop', filters: '' }, span, [deploy(12 * HOUR, '2', '1')])).toBeUndefined();
});

it('looks a day back', () => {
  expect(deployedWithin({ start: 24 * HOUR, end: 25 * HOUR })).toEqual({ start: 0, end: 25 * HOUR });
});
