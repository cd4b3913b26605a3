import { readSelector, scopeOf, writeSelector } from './selector';

const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';

describe('readSelector', () => {
  it.each([
    ['{}', []],
    ['', []],
    ['{service_name="a b", pod=~`x\\.y`}', ['service_name=a b', 'pod=~x\\.y']],
    ['{"k8s.pod.name"!="x",}', ['k8s.pod.name!=x']],
    ['{service_name="$service", $more}', ['service_name=$service', '$more']],
    [`{__profile_type__="${CPU}", a!~"b"}`, [`__profile_type__=${CPU}`, 'a!~b']],
  ])('%s', (text, expected) => {
    const read = readSelector(text);
    const matchers = 'matchers' in read ? read.matchers : [];
    expect(
      matchers.map((matcher) => ('op' in matcher ? matcher.label + matcher.op + matcher.value : matcher.variable))
    ).toEqual(expected);
    expect(read).not.toHaveProperty('fault');
  });

  it('says what is wrong', () => {
    expect(readSelector('{service_name=')).toEqual({ fault: expect.stringContaining('Expected a value in quotes') });
  });

  it.each(['cpu{a="b"}', '{a="b"} offset 1h', '{a="b"} by (pod)', '{a="b"} vs {a="c"}', '$selector'])(
    'does not take %s for a selector',
    (text) => {
      expect(readSelector(text)).toHaveProperty('fault');
    }
  );
});

it('writes what the server reads', () => {
  expect(
    writeSelector([
      { label: 'a', op: '=', value: 'say "x"\\' },
      { label: 'k8s.pod', op: '=~', value: '$pod' },
      { variable: '$more' },
    ])
  ).toBe('{a="say \\"x\\"\\\\", "k8s.pod"=~"$pod", $more}');
  expect(writeSelector([])).toBe('{}');
});

describe('scopeOf', () => {
  it('keeps every other matcher', () => {
    expect(scopeOf('{a="1", b="2", a!="3"}', CPU, 'a')).toBe(`{__profile_type__="${CPU}", b="2"}`);
  });

  it('narrows by what can be read', () => {
    expect(scopeOf('{a="1', CPU)).toBe(`{__profile_type__="${CPU}"}`);
    expect(scopeOf('{a="1", $more}', '')).toBe('{a="1"}');
  });
});
