import { compareUrl, profilesUrl, servicesUrl } from './appUrl';
import { dashboardPanel } from './dashboardPanel';
import { type ExplorePane, exploreUrl } from './exploreUrl';

const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';
const SELECTOR = '{service_name="a & b", path=~"/x\\\\.y#z"}';
const query = { profileTypeId: CPU, labelSelector: SELECTOR };

const paramsOf = (url: string) => new URL(url, 'http://grafana').searchParams;

describe('exploreUrl', () => {
  const pane: ExplorePane = { datasourceUid: 'ds', queries: [query], range: { from: 'now-1h', to: 'now' } };
  const panesOf = (url: string) => JSON.parse(paramsOf(url).get('panes') ?? '');

  it('carries a query through the URL unharmed', () => {
    const url = exploreUrl(pane);
    expect(new URL(url, 'http://grafana').pathname).toBe('/explore');
    expect(paramsOf(url).get('schemaVersion')).toBe('1');
    expect(panesOf(url)).toEqual({
      left: {
        datasource: 'ds',
        queries: [{ ...query, refId: 'A', datasource: { type: 'flamewatch-profiles-datasource', uid: 'ds' } }],
        range: { from: 'now-1h', to: 'now' },
      },
    });
  });

  it('opens two panes side by side', () => {
    expect(Object.keys(panesOf(exploreUrl(pane, { ...pane, datasourceUid: 'other' })))).toEqual(['left', 'right']);
  });

  it('writes milliseconds as text, which is what Grafana reads', () => {
    const { left } = panesOf(exploreUrl({ ...pane, range: { from: 1000, to: 2000 } }));
    expect(left.range).toEqual({ from: '1000', to: '2000' });
  });

  it('gives every query its own letter and keeps one that it has', () => {
    const queries = Array.from({ length: 28 }, () => query);
    const { left } = panesOf(exploreUrl({ ...pane, queries: [{ ...query, refId: 'profile' }, ...queries] }));
    const refIds = left.queries.map((linked: { refId: string }) => linked.refId);
    expect(refIds.slice(0, 2)).toEqual(['profile', 'B']);
    expect(refIds.slice(-3)).toEqual(['AA', 'AB', 'AC']);
    expect(new Set(refIds).size).toBe(29);
  });
});

describe('dashboardPanel', () => {
  it.each([
    ['profile' as const, 'flamewatch-flamegraph-panel', 'profile'],
    ['both' as const, 'flamewatch-flamegraph-panel', 'profile'],
    [undefined, 'flamewatch-flamegraph-panel', 'profile'],
    ['metrics' as const, 'timeseries', 'metrics'],
  ])('%s is drawn by %s', (queryType, type, asked) => {
    const panel = dashboardPanel({ title: 'CPU', datasourceUid: 'ds', query: { ...query, queryType } });
    expect(panel).toMatchObject({ type, title: 'CPU', datasource: { uid: 'ds' } });
    expect(panel.targets).toEqual([{ ...query, queryType: asked, refId: 'A', datasource: panel.datasource }]);
  });
});

describe('the app', () => {
  it('needs nothing to be found', () => {
    expect(servicesUrl()).toBe('/a/flamewatch-profiles-app/services');
    expect(profilesUrl({ service: '' })).toBe('/a/flamewatch-profiles-app/explore');
  });

  it('carries the state of a screen unharmed', () => {
    const url = profilesUrl({
      datasourceUid: 'ds',
      range: { from: 1000, to: 'now' },
      profileTypeId: CPU,
      service: 'a & b',
      selector: SELECTOR,
      groupBy: 'pod',
    });
    expect(Object.fromEntries(paramsOf(url))).toEqual({
      from: '1000',
      to: 'now',
      'var-ds': 'ds',
      'var-profileType': CPU,
      'var-service': 'a & b',
      'var-selector': SELECTOR,
      'var-groupBy': 'pod',
    });
  });

  it('tells the sides of a comparison apart', () => {
    const url = compareUrl({
      profileTypeId: CPU,
      baseline: { selector: '{version="1"}', range: { from: 'now-2h', to: 'now-1h' } },
      comparison: { selector: '{version="2"}', range: { from: 'now-1h', to: 'now' } },
    });
    expect(Object.fromEntries(paramsOf(url))).toEqual({
      'var-profileType': CPU,
      'baseline-selector': '{version="1"}',
      'baseline-from': 'now-2h',
      'baseline-to': 'now-1h',
      'comparison-selector': '{version="2"}',
      'comparison-from': 'now-1h',
      'comparison-to': 'now',
    });
  });
});
