import { diagnose } from './diagnostics';

const marks = (text: string) => diagnose(text).map(({ from, to, severity }) => [text.slice(from, to), severity]);

it('finds nothing wrong with an empty text or with variables', () => {
  for (const text of [
    '',
    ' \n',
    'cpu',
    '$type{$label=~"$value", $more} offset $o vs [[x]] by ($b) limit ${n} $clauses',
  ]) {
    expect(diagnose(text)).toEqual([]);
  }
});

it('marks the first error', () => {
  expect(marks('cpu{a=b, c=d}')).toEqual([['b', 'error']]);
  expect(marks('cpu @[now, now-1h]')).toEqual([['now-1h', 'error']]);
  expect(diagnose('cpu{a="1"')).toEqual([
    { from: 9, to: 9, severity: 'error', message: 'Expected "," or "}", found the end of the query.' },
  ]);
});

it('warns about regular expressions that the server will refuse', () => {
  expect(marks('{a=~"(", b="(", c!~`[`} vs {d=~"x+"} function "*" focus "ok" hide "a**"')).toEqual([
    ['"("', 'warning'],
    ['`[`', 'warning'],
    ['"*"', 'warning'],
    ['"a**"', 'warning'],
  ]);
  expect(diagnose('{a=~"(?!b)"}')[0]?.message).toBe(
    'Expected a regular expression (RE2), found invalid or unsupported Perl syntax. RE2 has no look-ahead and no look-behind.'
  );
});

it('does not judge what variables stand for', () => {
  expect(diagnose('{a=~"${service:regex}-[0-9]+", b=~$b, c=~"[[x]]"}')).toEqual([]);
  expect(marks('{a=~"$b("}')).toEqual([['"$b("', 'warning']]);
});
