import { newAlertUrl, ruleUrl } from './alertUrl';
import { compareUrl, profilesUrl } from './appUrl';
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
    ['diff' as const, 'flamewatch-flamegraph-panel', 'diff'],
    ['functions' as const, 'table', 'functions'],
    ['regressions' as const, 'table', 'regressions'],
  ])('%s is drawn by %s', (queryType, type, asked) => {
    const panel = dashboardPanel({ title: 'CPU', datasourceUid: 'ds', query: { ...query, queryType } });
    expect(panel).toMatchObject({ type, title: 'CPU', datasource: { uid: 'ds' } });
    expect(panel.targets).toEqual([{ ...query, queryType: asked, refId: 'A', datasource: panel.datasource }]);
  });
});

describe('newAlertUrl', () => {
  const formOf = (url: string) => JSON.parse(paramsOf(url).get('defaults') ?? '');
  const alert = { name: 'CPU', datasourceUid: 'ds', range: { from: 7200, to: 3600 }, above: 1.2 };

  it('compares the number of a diff with a limit', () => {
    const diff = { ...query, queryType: 'diff' as const, baseline: { offset: '1h' } };
    const url = newAlertUrl({ ...alert, query: diff });
    expect(new URL(url, 'http://grafana').pathname).toBe('/alerting/new/alerting');
    const { type, name, condition, queries } = formOf(url);
    expect({ type, name, condition }).toEqual({ type: 'grafana-alerting', name: 'CPU', condition: 'B' });
    expect(formOf(url)).toMatchObject({ noDataState: 'OK', execErrState: 'KeepLast' });
    expect(formOf(url)).not.toHaveProperty('labels');
    expect(queries).toHaveLength(2);
    expect(queries[0]).toMatchObject({
      refId: 'A',
      datasourceUid: 'ds',
      relativeTimeRange: { from: 7200, to: 3600 },
      model: { ...diff, refId: 'A', datasource: { uid: 'ds', type: 'flamewatch-profiles-datasource' } },
    });
    expect(queries[1]).toMatchObject({
      refId: 'B',
      datasourceUid: '__expr__',
      model: { type: 'threshold', expression: 'A', conditions: [{ evaluator: { type: 'gt', params: [1.2] } }] },
    });
  });

  it('reduces a series first', () => {
    const { condition, queries } = formOf(newAlertUrl({ ...alert, query: { ...query, queryType: 'metrics' } }));
    expect(condition).toBe('C');
    expect(queries[1].model).toMatchObject({ type: 'reduce', expression: 'A', reducer: 'last' });
    expect(queries[2].model).toMatchObject({ type: 'threshold', expression: 'B' });
  });

  it('carries labels and the texts of an alert as they are', () => {
    const annotations = {
      summary: '{{ $labels.function }} & more',
      runbook_url: '{{ externalURL }}a/x?b={{ $labels.c }}',
    };
    const url = newAlertUrl({ ...alert, query, pendingFor: '5m', labels: { severity: 'warning' }, annotations });
    expect(formOf(url)).toMatchObject({
      evaluateFor: '5m',
      labels: [{ key: 'severity', value: 'warning' }],
      annotations: [
        { key: 'summary', value: annotations.summary },
        { key: 'runbook_url', value: annotations.runbook_url },
      ],
    });
  });

  it('leads to a rule', () => {
    expect(ruleUrl('a/b')).toBe('/alerting/grafana/a%2Fb/view');
  });
});

describe('the app', () => {
  it('needs nothing to be found', () => {
    expect(profilesUrl({ service: '' })).toBe('/a/flamewatch-profiles-app/explore');
  });

  it('carries the state of a screen unharmed', () => {
    const url = profilesUrl({
      datasourceUid: 'ds',
      range: { from: 1000, to: 'now' },
      profileTypeId: CPU,
      service: 'a & b',
      selector: SELECTOR,
      groupBy: ['pod', 'zone'],
      part: { start: 1500, end: 1900.4 },
    });
    expect(Object.fromEntries(paramsOf(url))).toEqual({
      from: '1000',
      to: 'now',
      'var-ds': 'ds',
      'var-profileType': CPU,
      'var-service': 'a & b',
      'var-selector': SELECTOR,
      'var-groupBy': 'pod,zone',
      part: '1500-1900',
    });
  });

  it('tells the sides of a comparison apart', () => {
    const url = compareUrl({
      profileTypeId: CPU,
      baseline: { selector: '{version="1"}', range: { from: 'now-2h', to: 'now-1h' } },
      comparison: { selector: '{version="2"}', range: { from: 'now-1h', to: 'now' }, part: { start: 1, end: 2 } },
      normalise: 'rate',
    });
    expect(Object.fromEntries(paramsOf(url))).toEqual({
      'var-profileType': CPU,
      'baseline-selector': '{version="1"}',
      'baseline-from': 'now-2h',
      'baseline-to': 'now-1h',
      'comparison-selector': '{version="2"}',
      'comparison-from': 'now-1h',
      'comparison-to': 'now',
      'comparison-part': '1-2',
      normalise: 'rate',
    });
  });
});
