import { compareLink } from './compareLink';

const shown = {
  datasourceUid: 'ds',
  service: 'a',
  filters: '{pod="x"}',
  range: { from: 'now-1h', to: 'now' },
  seconds: 3600,
};
const paramsOf = (url: string) => Object.fromEntries(new URL(url, 'http://grafana').searchParams);

it('holds a range against the one before it', () => {
  expect(paramsOf(compareLink(shown))).toMatchObject({
    'comparison-selector': '{service_name="a", pod="x"}',
    'comparison-from': 'now-1h',
    'comparison-to': 'now',
    'baseline-selector': '{service_name="a", pod="x"}',
    'baseline-from': 'now-2h',
    'baseline-to': 'now-1h',
  });
});

it('holds a part against the whole range', () => {
  expect(paramsOf(compareLink({ ...shown, part: { start: 5, end: 9 } }))).toMatchObject({
    'comparison-part': '5-9',
    'baseline-from': 'now-1h',
    'baseline-to': 'now',
  });
});
