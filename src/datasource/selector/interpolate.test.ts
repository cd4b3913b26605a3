import type { Filling } from '../templates';
import { interpolateSelector } from './interpolate';

const several = (...values: string[]): Filling => ({ values, listed: true });

const FILLINGS: Record<string, Filling> = {
  $one: several('a.b'),
  $two: several('a.b', 'c|d'),
  $none: several(),
  $all: 'all',
  '${all}': 'all',
  $typed: { values: ['x.*'], listed: false },
  $matchers: { values: ['pod="p", namespace!="n"'], listed: false },
  $broken: { values: ['pod='], listed: false },
  $label: { values: ['k8s.pod'], listed: false },
  $__span: 'absent',
};

const fillIn = (variable: string): Filling => FILLINGS[variable] ?? 'unknown';

it.each([
  ['{}', '{}'],
  ['{a="b"}', '{a="b"}'],
  ['{a="$one"}', '{a="a.b"}'],
  ['{a!="$one"}', '{a!="a.b"}'],
  ['{a=~"$one"}', '{a=~"a\\\\.b"}'],
  ['{a="$two"}', '{a=~"a\\\\.b|c\\\\|d"}'],
  ['{a!="$two"}', '{a!~"a\\\\.b|c\\\\|d"}'],
  ['{a=~"$two"}', '{a=~"a\\\\.b|c\\\\|d"}'],
  ['{a="x.$two-y"}', '{a=~"x\\\\.(a\\\\.b|c\\\\|d)-y"}'],
  ['{a=~"x.$two"}', '{a=~"x.(a\\\\.b|c\\\\|d)"}'],
  ['{a="$none"}', '{a=""}'],
  ['{a="$all", b="c"}', '{b="c"}'],
  ['{a!~"${all}"}', '{}'],
  ['{a="x-$all"}', '{a=~"x-.*"}'],
  ['{a=~"$typed"}', '{a=~"x.*"}'],
  ['{a="$typed"}', '{a="x.*"}'],
  ['{$matchers, a="b"}', '{pod="p", namespace!="n", a="b"}'],
  ['{$all}', '{}'],
  ['{$label="b"}', '{"k8s.pod"="b"}'],
  ['{a="$nobody"}', '{a="$nobody"}'],
  ['{$nobody}', '{$nobody}'],
  ['{$broken}', '{$broken}'],
  ['{a="${__span.tags["service.name"]}", b="c"}', '{b="c"}'],
  ['{a="b", ${__tags}}', '{a="b"}'],
])('%s becomes %s', (text, expected) => {
  expect(interpolateSelector(text, fillIn)).toBe(expected);
});

it('leaves what is no selector to the server, which says what is wrong', () => {
  expect(interpolateSelector('{a=', fillIn)).toBeUndefined();
});
