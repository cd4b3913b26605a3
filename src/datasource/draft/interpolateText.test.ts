import { parse } from '../../flameql/parse';
import { CPU } from '../editor/testing';
import type { Filling } from '../templates';
import { interpolateText } from './interpolateText';

const one = (value: string): Filling => ({ values: [value], listed: false });
const several = (...values: string[]): Filling => ({ values, listed: true });

const FILLINGS: Record<string, Filling> = {
  $type: one(CPU),
  $odd: one('memory:x y:count::'),
  $service: several('order.service'),
  $two: several('a.b', 'c|d'),
  $all: 'all',
  $matchers: one('pod="p", namespace!="n"'),
  $query: one('cpu{service_name="$service"} vs offset 1h'),
  $clauses: one('by (pod) limit 5'),
  $back: one('1d'),
  $empty: one(''),
  $count: one('7'),
  $labels: several('pod', 'zone'),
  $typed: one('json|gob'),
  $__span: 'absent',
};

const fillIn = (variable: string): Filling => FILLINGS[variable] ?? 'unknown';

it.each([
  ['cpu{a="b"}', 'cpu{a="b"}'],
  ['$type{service_name="$service"}', `${CPU}{service_name="order.service"}`],
  ['$odd{}', '"memory:x y:count::"'],
  ['$all{a="b"}', '{a="b"}'],
  ['{a="$two", b!=$two, c=~"x-$two"}', '{a=~`a\\.b|c\\|d`, b!~`a\\.b|c\\|d`, c=~`x-(a\\.b|c\\|d)`}'],
  ['{a="$all", b="c"}', '{b="c"}'],
  ['cpu{$matchers, c="d"}', 'cpu{pod="p", namespace!="n", c="d"}'],
  ['$query', 'cpu{service_name="order.service"} vs offset 1h'],
  ['$query by (pod)', 'cpu{service_name="order.service"} vs offset 1h by (pod)'],
  ['cpu $clauses', 'cpu by (pod) limit 5'],
  ['cpu vs offset $back', 'cpu vs offset 1d'],
  ['cpu offset $empty', 'cpu'],
  ['cpu @[now-$back, now]', 'cpu @[now-1d, now]'],
  ['cpu by ($labels, "x") limit $count nodes $all', 'cpu by (pod, zone, x) limit 7'],
  ['cpu by ($all)', 'cpu'],
  [
    'cpu function "$two" focus "$typed" hide "^$service$"',
    'cpu function `a\\.b|c\\|d` focus "json|gob" hide `^order\\.service$`',
  ],
  ['cpu function "$all" normalise $empty', 'cpu'],
  ['cpu{a="${__span.tags["service.name"]}", b="c"}', 'cpu{b="c"}'],
  ['$service.cpu', 'cpu{service_name="order.service"}'],
])('%s becomes %s', (text, expected) => {
  expect(interpolateText(text, fillIn)?.text).toBe(expected);
  expect(parse(expected).ok).toBe(true);
});

it('leaves variables that nobody has, for the backend to explain', () => {
  expect(interpolateText('$nobody{a="$nobody"} by ($nobody) limit $nobody', fillIn)?.text).toBe(
    '$nobody{a="$nobody"} by ($nobody) limit $nobody'
  );
});

it('says that the span has no id', () => {
  expect(interpolateText('cpu span ("${__span.tags["pyroscope.profile.id"]}")', fillIn)).toEqual({
    text: 'cpu',
    lacksSpan: true,
  });
  expect(interpolateText('cpu span ("61940201a61f3e83")', fillIn)?.lacksSpan).toBe(false);
});

it('does not touch what is no query', () => {
  expect(interpolateText('cpu{a=', fillIn)).toBeUndefined();
});

it('fills in ten thousand values', () => {
  const values = Array.from({ length: 10_000 }, (_, i) => `pod-${i}`);
  const filled = interpolateText('{pod="$pods"}', () => ({ values, listed: true }));
  expect(filled?.text).toBe(`{pod=~"${values.join('|')}"}`);
});
