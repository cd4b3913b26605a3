import {
  cleanRunbookSearch,
  type Incident,
  readIncident,
  runbooksUrl,
  runbookUrl,
  SHIPPED_RUNBOOKS,
} from './runbookUrl';

const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';

const whole: Incident = {
  datasourceUid: 'flamewatch',
  service: 'a & b/ü',
  functionName: 'example.com/shop.(*Orders).serialize[…]',
  profileTypeId: CPU,
  range: { from: 1_700_003_600_000, to: 1_700_007_200_000 },
  baseline: { from: 1_700_000_000_000, to: 1_700_003_600_000 },
  version: 'v1.4.3',
  baselineVersion: 'v1.4.2',
};

const paramsOf = (url: string) => new URL(url, 'http://grafana').searchParams;

describe('runbookUrl', () => {
  it('names the parameters as the page reads them', () => {
    expect(Object.fromEntries(paramsOf(runbookUrl('memory-leak', whole)))).toEqual({
      from: '1700003600000',
      to: '1700007200000',
      'var-ds': 'flamewatch',
      'var-service': 'a & b/ü',
      'var-function': 'example.com/shop.(*Orders).serialize[…]',
      'var-profileType': CPU,
      baselineFrom: '1700000000000',
      baselineTo: '1700003600000',
      version: 'v1.4.3',
      baselineVersion: 'v1.4.2',
    });
  });

  it('carries an incident there and back', () => {
    expect(readIncident(paramsOf(runbookUrl('memory-leak', whole)))).toEqual(whole);
    expect(readIncident(paramsOf(runbookUrl('memory-leak', { service: 'a' })))).toEqual({ service: 'a' });
  });

  it('needs nothing', () => {
    expect(runbooksUrl()).toBe('/a/flamewatch-profiles-app/runbooks');
    expect(runbookUrl('deadlock')).toBe('/a/flamewatch-profiles-app/runbooks/deadlock');
    expect(runbookUrl('../x?y', { service: '' })).toBe('/a/flamewatch-profiles-app/runbooks/..%2Fx%3Fy');
  });
});

describe('readIncident', () => {
  it.each([
    'var-service={{ $labels.service_name }}',
    'var-service=[no value]',
    'var-service=  ',
    'var-service=',
    'from=now-1h&to=now',
    'from=1700000000000',
    'from=1700000000000&to=1600000000000',
    'from=1700000000000&to={{ $values.To }}',
    'from=-1&to=5',
    'from=1e999&to=1e9999',
    'baselineFrom=x&baselineTo=y',
  ])('takes %s for nothing', (query) => {
    expect(readIncident(new URLSearchParams(query))).toEqual({});
  });

  it('reads a number as an alert writes it', () => {
    const { range } = readIncident(new URLSearchParams('from=1.7e%2B12&to=1.7000036e+12'));
    expect(range).toEqual({ from: 1_700_000_000_000, to: 1_700_003_600_000 });
  });

  it('keeps what looks like code as text', () => {
    expect(readIncident(new URLSearchParams({ 'var-service': '<img src=x onerror=alert(1)>' })).service).toBe(
      '<img src=x onerror=alert(1)>'
    );
  });
});

it.each([
  ['?from={{ now }}&to=now&var-service=a', '?to=now&var-service=a'],
  ['?from=1.7e%2B12&to=1700003600000.4', '?from=1700000000000&to=1700003600000'],
  [
    '?from=2023-11-14T22:13:20.000Z&to=2023-11-14T23:13:20Z',
    '?from=2023-11-14T22%3A13%3A20.000Z&to=2023-11-14T23%3A13%3A20Z',
  ],
  ['?from=2023-99-14T22:13:20.000Z&to=2023-11-14T23:13:20Z', ''],
  ['?from=now-6h&to=now&version=[no value]', '?from=now-6h&to=now'],
  ['?from=5&to=4&x=y', '?x=y'],
  ['?from=abc&to=now', ''],
  ['?var-function={{ $labels.function }}', ''],
  ['', ''],
])('%s is cleaned', (search, cleaned) => {
  expect(cleanRunbookSearch(search)).toBe(cleaned);
  expect(cleanRunbookSearch(cleaned)).toBe(cleaned);
});

it('has a slug for each shipped runbook that needs no escaping', () => {
  expect(new Set(SHIPPED_RUNBOOKS).size).toBe(24);
  expect(SHIPPED_RUNBOOKS.filter((slug) => !/^[a-z]+(-[a-z]+)*$/.test(slug))).toEqual([]);
});
