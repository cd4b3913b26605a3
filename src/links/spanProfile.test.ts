import recorded from '../../testdata/tempo/requests.json';

import {
  ancestorProfileUrl,
  type ProfiledSpan,
  selectorOfTags,
  spanAgainstNormalUrl,
  spanProfileUrl,
  spanQuery,
} from './spanProfile';

const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';
const where = { datasourceUid: 'hot', profileTypeId: CPU };

const span: ProfiledSpan = {
  profileId: '61940201a61f3e83',
  traceId: '7c9e66797425440de944be07fc1f90ae',
  startMs: Date.parse('2026-11-23T06:19:08.607Z'),
  durationMs: 12_204,
  tags: { 'service.name': 'checkout', 'service.namespace': 'shop', 'http.route': '/pay' },
};

function paneOf(url: string) {
  return JSON.parse(new URL(url, 'http://grafana').searchParams.get('panes') ?? '').left;
}

it("asks what core's trace view asks", () => {
  const [{ request }] = recorded;
  const pane = paneOf(spanProfileUrl([span], where));
  const [{ labelSelector, ...rest }] = request.targets;
  expect(pane.queries).toEqual([{ ...rest, labelSelector: labelSelector.replace(', ', ',') }]);
  const { from, to } = request.range;
  expect(pane.range).toEqual({ from: String(Date.parse(from)), to: String(Date.parse(to)) });
});

it('renames tags, and leaves out those that a span does not have', () => {
  const tags = { 'service.name': 'a "b"', 'k8s.pod.name': 'pod-1', team: '' };
  const rules = [
    { key: 'service.name', value: 'service_name' },
    { key: 'k8s.pod.name' },
    { key: 'team' },
    { key: 'zone' },
  ];
  expect(selectorOfTags(tags, rules)).toBe('{service_name="a \\"b\\"",k8s_pod_name="pod-1"}');
  expect(selectorOfTags({}, rules)).toBe('{}');
});

it('covers all spans, each id once', () => {
  const later = { ...span, profileId: '00000000000000ff', startMs: span.startMs + 60_000, durationMs: 0.2 };
  const { range, queries } = paneOf(spanProfileUrl([later, span, later], where, true));
  expect(range).toEqual({ from: String(span.startMs), to: String(span.startMs + 60_001) });
  expect(queries[0].spanSelector).toEqual(['00000000000000ff', '61940201a61f3e83']);
  expect(queries[0].traceIdSelector).toEqual([span.traceId]);
});

it('writes a short trace id in full', () => {
  expect(spanQuery([{ ...span, traceId: 'abc' }], where, true).traceIdSelector).toEqual(['abc'.padStart(32, '0')]);
});

it('has a bounded length', () => {
  const many = Array.from({ length: 5000 }, (_, i) => ({ ...span, profileId: i.toString(16).padStart(16, '0') }));
  expect(spanProfileUrl(many, where).length).toBeLessThan(8000);
});

it('holds a span against the normal', () => {
  const [query] = paneOf(spanAgainstNormalUrl([span], where)).queries;
  expect(query).toMatchObject({ queryType: 'diff', baseline: {}, spanSelector: [span.profileId] });
});

it('names the span that was meant beside the one above it that has a profile', () => {
  const pane = paneOf(ancestorProfileUrl({ ...span, name: 'POST /pay' }, { name: 'charge' }, where));
  expect(pane.queries[0]).toMatchObject({
    spanSelector: [span.profileId],
    spanName: 'POST /pay',
    ancestorOf: 'charge',
  });
  expect(pane.range.from).toBe(String(span.startMs));
});
