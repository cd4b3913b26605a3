import { parse } from '../parse';
import { queryOfUrl } from './queryOfUrl';

const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';

const url = (path: string, params: Record<string, string>) =>
  `https://profiles.example/${path}?${new URLSearchParams(params)}`;

describe('a URL becomes a query', () => {
  it.each<[string, string, string]>([
    [
      'of the HTTP API',
      url('pyroscope/render', { query: `${CPU}{service_name="shop"}`, from: 'now-1h', until: 'now', format: 'json' }),
      `${CPU}{service_name="shop"} @[now-1h, now]`,
    ],
    [
      'of the legacy form',
      '/render?query=order-service.cpu%7Bnamespace%3D%22production%22%7D&from=1767225600&until=1767229200&max-nodes=512',
      'cpu{service_name="order-service", namespace="production"} @[2026-01-01T00:00:00Z, 2026-01-01T01:00:00Z] nodes 512',
    ],
    [
      'of a page, with labels',
      'http://localhost:4040/explore?query=shop.cpu&from=1767225600000&until=1767229200000000000&groupBy=pod&groupBy=zone',
      'cpu{service_name="shop"} @[2026-01-01T00:00:00Z, 2026-01-01T01:00:00Z] by (pod, zone)',
    ],
    ['of the start page', 'http://localhost:4040/?query=shop.cpu', 'cpu{service_name="shop"}'],
    ['of a day', '/render?query=shop.cpu&from=20260131', 'cpu{service_name="shop"} @[2026-01-31T00:00:00Z, now]'],
    ['without a time that can be read', '/render?query=shop.cpu&from=noon', 'cpu{service_name="shop"}'],
    [
      'of a diff: its left side is the baseline',
      url('comparison-diff', {
        query: 'shop.cpu',
        leftQuery: 'cpu{service_name="shop", version="1"}',
        leftFrom: 'now-2h',
        leftUntil: 'now-1h',
        rightQuery: 'cpu{service_name="shop", version="2"}',
        rightFrom: 'now-1h',
        rightUntil: 'now',
      }),
      'cpu{service_name="shop", version="2"} @[now-1h, now] vs {version="1"} @[now-2h, now-1h]',
    ],
    [
      'of a diff of two times',
      '/render-diff?query=shop.cpu&leftFrom=now-2h&leftUntil=now-1h&rightFrom=now-1h&rightUntil=now',
      'cpu{service_name="shop"} @[now-1h, now] vs @[now-2h, now-1h]',
    ],
    [
      'of Explore',
      `/explore?schemaVersion=1&panes=${encodeURIComponent(
        JSON.stringify({
          a: {
            queries: [
              { refId: 'A', expr: 'up' },
              { refId: 'B', profileTypeId: CPU, labelSelector: '{pod="a"}', groupBy: ['zone'] },
            ],
            range: { from: '1767225600000', to: '1767229200000' },
          },
        })
      )}`,
      `${CPU}{pod="a"} @[2026-01-01T00:00:00Z, 2026-01-01T01:00:00Z] by (zone)`,
    ],
    [
      'of Explore, as text',
      `/explore?panes=${encodeURIComponent('{"a":{"queries":[{"flameql":"cpu vs offset 1h"}],"range":{"from":"now-1h","to":"now"}}}')}`,
      'cpu @[now-1h, now] vs offset 1h',
    ],
  ])('%s', (_, pasted, text) => {
    expect(queryOfUrl(pasted)).toBe(text);
    expect(parse(text).ok).toBe(true);
  });

  it('keeps the meaning of a baseline that lacks a condition of the other side', () => {
    const text = queryOfUrl(
      url('diff', { leftQuery: 'cpu{a="1"}', rightQuery: 'cpu{a="1", b="2"}', leftFrom: 'now-1h', rightFrom: 'now-1h' })
    );
    expect(text).toBe('cpu{a="1", b="2"} @[now-1h, now] vs {b=~".*"} @[now-1h, now]');
  });
});

it('hands on a query that cannot be read, so that its fault is seen', () => {
  expect(queryOfUrl('/render?query=cpu%7Ba%3D')).toBe('cpu{a=');
});

it.each([
  'cpu{a="b"}',
  'https://example.org/',
  'https://example.org/render',
  'https://example.org/d/x?query=cpu',
  '/render?from=now-1h',
  'see https://example.org/render?query=cpu',
  '/explore?panes=%7B',
  '/explore?panes=%7B%22a%22%3Anull%7D',
  '/explore?panes=%7B%22a%22%3A%7B%22queries%22%3A%5B%7B%22expr%22%3A%22up%22%7D%5D%7D%7D',
  `/render?query=${'a'.repeat(70_000)}`,
])('is no such URL: %.60s', (text) => {
  expect(queryOfUrl(text)).toBeUndefined();
});
