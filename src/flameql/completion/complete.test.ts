import { parse } from '../parse';
import { complete, type Completion } from './complete';
import { rememberAnswers, type CompletionSources, type Scope } from './sources';

const TYPES = [
  'process_cpu:cpu:nanoseconds:cpu:nanoseconds',
  'memory:inuse_space:bytes:space:bytes',
  'memory:x y:count::',
];

function sourcesWith(asked: Array<[question: string, scope: Scope]> = []): CompletionSources {
  const answer = (question: string, scope: Scope, answers: string[]) => {
    asked.push([question, scope]);
    return Promise.resolve(answers);
  };
  return {
    types: (scope) => answer('types', scope, TYPES),
    labels: (scope) => answer('labels', scope, ['pod', 'service_name', 'k8s.pod.name', 'team name']),
    values: (label, scope) => answer(`values of ${label}`, scope, ['a', 'b.c', 'say "hi"']),
    functions: (scope) => answer('functions', scope, ['main.run', 'a+b']),
    variables: () => ['$service'],
  };
}

/** The caret stands at the bar `‸`. */
async function completeAt(marked: string, sources = sourcesWith()) {
  const caret = marked.indexOf('‸');
  const text = marked.replace('‸', '');
  const found = await complete(text, caret, sources, new AbortController().signal);
  return { text, caret, found };
}

async function labelsAt(marked: string): Promise<string[]> {
  const { found } = await completeAt(marked);
  return found?.items.map(({ label }) => label) ?? [];
}

function apply(text: string, found: Completion | undefined, label: string): string {
  const item = found?.items.find((candidate) => candidate.label === label);
  if (!found || !item) {
    throw new Error(`${label} is not offered`);
  }
  return text.slice(0, found.from) + item.insert + text.slice(found.to);
}

async function chosen(marked: string, label: string): Promise<string> {
  const { text, found } = await completeAt(marked);
  return apply(text, found, label);
}

describe('what is offered', () => {
  const ALIASES = ['cpu', 'itimer', 'process_cpu', 'heap', 'inuse_space'];
  const CLAUSES = ['by', 'function', 'focus', 'hide', 'span', 'trace', 'profile', 'nodes', 'limit', 'normalise'];
  const LABELS = ['pod', 'service_name', 'k8s.pod.name', 'team name'];
  const VALUES = ['a', 'b.c', 'say "hi"'];

  test.each<[marked: string, labels: string[]]>([
    ['‸', [...ALIASES, ...TYPES, 'offset', '@[from, to]', '$service']],
    ['cp‸', [...ALIASES, ...TYPES, 'offset', '@[from, to]', '$service']],
    ['cpu vs ‸', [...ALIASES, ...TYPES, 'offset', '@[from, to]', '$service']],
    ['cpu ‸', ['offset', '@[from, to]', 'vs', ...CLAUSES]],
    ['cpu{a="1"} ‸', ['offset', '@[from, to]', 'vs', ...CLAUSES]],
    ['cpu offset 1h ‸', ['vs', ...CLAUSES]],
    ['cpu vs wall ‸', ['offset', '@[from, to]', ...CLAUSES]],
    ['cpu by (pod) ‸ limit 5', CLAUSES.filter((clause) => clause !== 'by' && clause !== 'limit')],
    ['cpu fo‸', ['offset', '@[from, to]', 'vs', ...CLAUSES]],
    ['{‸', [...LABELS, '$service']],
    ['{po‸}', [...LABELS, '$service']],
    ['{a="1", ‸', [...LABELS, '$service']],
    ['{"team‸', [...LABELS]],
    ['cpu by (‸', [...LABELS, '$service']],
    ['cpu by (pod, ‸)', [...LABELS, '$service']],
    ['{pod‸', [...LABELS, '$service']],
    ['{pod ‸', ['=', '!=', '=~', '!~']],
    ['{pod=‸', [...VALUES, '$service']],
    ['{pod="‸', [...VALUES, '$service']],
    ['{pod="‸"', [...VALUES, '$service']],
    ['{pod=~`a|‸`}', [...VALUES, '$service']],
    ['{pod="a"‸', []],
    ['{pod="a" ‸', []],
    ['cpu offset ‸', ['5m', '15m', '30m', '1h', '6h', '12h', '1d', '1w', '4w', '$service']],
    ['cpu offset 3‸', ['3s', '3m', '3h', '3d', '3w', '$service']],
    ['cpu @[‸', ['now', 'now-15m', 'now-1h', 'now-6h', 'now-1d', 'now-1w', 'now-30d', '$service']],
    ['cpu @[now-1h, n‸]', ['now', 'now-15m', 'now-1h', 'now-6h', 'now-1d', 'now-1w', 'now-30d', '$service']],
    ['cpu function ‸', ['main.run', 'a+b', '$service']],
    ['cpu focus "ma‸"', ['main.run', 'a+b', '$service']],
    ['cpu limit ‸', ['10', '20', '50', '100', '$service']],
    ['cpu normalise ‸', ['share', 'instance', 'rate', 'none']],
    ['cpu span ("‸', ['$service']],
    ['cpu ) ‸', []],
    ['cpu é ‸', []],
  ])('%s', async (marked, labels) => {
    expect(await labelsAt(marked)).toEqual(labels);
  });
});

describe('what is written', () => {
  test.each<[marked: string, label: string, written: string]>([
    ['cp‸', 'cpu', 'cpu'],
    ['process_cpu:c‸pu{a="1"}', TYPES[0] ?? '', `${TYPES[0]}{a="1"}`],
    ['‸', 'memory:x y:count::', '"memory:x y:count::"'],
    ['{po‸', 'pod', '{pod'],
    ['{po‸d="a"}', 'service_name', '{service_name="a"}'],
    ['{te‸', 'team name', '{"team name"'],
    ['{"te‸"="a"}', 'k8s.pod.name', '{k8s.pod.name="a"}'],
    ['{pod ‸', '=~', '{pod =~'],
    ['{pod=‸}', 'a', '{pod="a"}'],
    ['{pod="x‸y"}', 'a', '{pod="a"}'],
    ['{pod="‸}', 'a', '{pod="a"}'],
    ['{pod="‸"}', 'say "hi"', '{pod=`say "hi"`}'],
    ['{pod=~"‸"}', 'b.c', '{pod=~`b\\.c`}'],
    ['{pod=~"a|x\\\\.y|b‸"}', 'b.c', '{pod=~`a|x\\.y|b\\.c`}'],
    ['{pod!~`a|‸`}', 'a', '{pod!~"a|a"}'],
    ['cpu offset 3‸', '3h', 'cpu offset 3h'],
    ['cpu @[now-‸, now]', 'now-6h', 'cpu @[now-6h, now]'],
    ['cpu ‸', '@[from, to]', 'cpu @[now-1h, now]'],
    ['cpu function ‸', 'a+b', 'cpu function `^a\\+b$`'],
    ['cpu focus "ma‸in" limit 5', 'main.run', 'cpu focus `^main\\.run$` limit 5'],
    ['cpu b‸', 'by', 'cpu by ('],
    ['{a=‸}', '$service', '{a="$service"}'],
    ['{‸="a"}', '$service', '{$service="a"}'],
  ])('%s, %s', async (marked, label, written) => {
    expect(await chosen(marked, label)).toBe(written);
  });

  it('matches what is typed behind the quote and behind the last bar', async () => {
    expect((await completeAt('{pod="ab‸"}')).found).toMatchObject({ from: 5, typedFrom: 6, to: 9 });
    expect((await completeAt('{pod=~"ab|c‸"}')).found).toMatchObject({ from: 6, typedFrom: 10, to: 12 });
  });

  it('offers nothing behind a bad escape', async () => {
    expect(await labelsAt('{pod=~"\\d|‸"}')).toEqual(['$service']);
  });
});

describe('the scope of questions', () => {
  const a = { label: 'a', op: '=', value: '1' };
  const b = { label: 'b', op: '=', value: '2' };

  test.each<[marked: string, question: string, scope: unknown]>([
    ['cpu{a="1", ‸', 'labels', { type: 'cpu', matchers: [a] }],
    ['cpu{‸, a="1"}', 'labels', { type: 'cpu', matchers: [a] }],
    ['cpu{a="1", b=‸', 'values of b', { type: 'cpu', matchers: [a] }],
    ['{a=‸, b="2"}', 'values of a', { matchers: [b] }],
    ['{a="1", a=‸', 'values of a', { matchers: [] }],
    ['{"k8s.pod.name"="‸"}', 'values of k8s.pod.name', { matchers: [] }],
    ['{a="$x", b=‸', 'values of b', { matchers: [{ label: 'a', op: '=', value: '$x' }] }],
    ['cpu{a="1"} vs {‸', 'labels', { type: 'cpu', matchers: [a] }],
    ['cpu{a="1", b="2"} vs {a="3", b=‸', 'values of b', { type: 'cpu', matchers: [{ ...a, value: '3' }] }],
    ['cpu{a="1"} vs wall{b=‸', 'values of b', { type: 'wall', matchers: [a] }],
    ['cpu{a="1"} vs ‸', 'types', { matchers: [a] }],
    ['cp‸{a="1"}', 'types', { matchers: [a] }],
    ['{a="1"} vs cp‸{b="2"}', 'types', { matchers: [a, b] }],
    ['cpu{a="1"} by (‸', 'labels', { type: 'cpu', matchers: [a] }],
    ['cpu{a="1"} function "‸', 'functions', { type: 'cpu', matchers: [a] }],
    ['app.cpu{‸', 'labels', { type: 'cpu', matchers: [{ label: 'service_name', op: '=', value: 'app' }] }],
  ])('%s', async (marked, question, scope) => {
    const asked: Array<[string, Scope]> = [];
    await completeAt(marked, sourcesWith(asked));
    expect(asked).toEqual([[question, scope]]);
  });
});

describe('many answers', () => {
  it('are cut to those that match what is typed', async () => {
    const values = Array.from({ length: 20_000 }, (_, i) => `pod-${i}`);
    const sources = { ...sourcesWith(), values: () => Promise.resolve(values) };
    expect((await completeAt('{a="‸', sources)).found?.items).toHaveLength(501);
    const { found } = await completeAt('{a="POD-1999‸', sources);
    expect(found?.items.map(({ label }) => label)).toContain('pod-19990');
    expect(found?.items).toHaveLength(12);
  });

  it('are asked again when what they depend on changes', async () => {
    let [key, count] = ['an hour', 0];
    const labels = () => (count++, Promise.resolve(['pod']));
    const sources = rememberAnswers({ ...sourcesWith(), labels, key: () => key });
    await completeAt('{‸', sources);
    await completeAt('{‸', sources);
    expect(count).toBe(1);
    key = 'a day';
    await completeAt('{‸', sources);
    expect(count).toBe(2);
  });

  it('are asked once for one place, and again after a failure or when given up', async () => {
    let count = 0;
    let fail = false;
    const sources = rememberAnswers({
      ...sourcesWith(),
      labels: () => (count++, fail ? Promise.reject(new Error('down')) : Promise.resolve(['pod'])),
    });
    await completeAt('{‸', sources);
    await completeAt('{p‸', sources);
    expect(count).toBe(1);
    fail = true;
    await expect(completeAt('{a="1",‸', sources)).rejects.toThrow('down');
    await expect(completeAt('{a="1",‸', sources)).rejects.toThrow('down');
    expect(count).toBe(3);

    fail = false;
    const given = new AbortController();
    const first = complete('cpu by (', 8, sources, given.signal);
    given.abort();
    expect(await first).toBeUndefined();
    await completeAt('cpu by (‸', sources);
    expect(count).toBe(5);
  });
});

it('completes nothing that the parser refuses', async () => {
  for (const marked of ['‸', 'cpu‸', 'cpu{}‸']) {
    const { text, found } = await completeAt(marked);
    for (const item of found?.items.filter(({ kind }) => kind === 'type' || kind === 'alias') ?? []) {
      expect(parse(apply(text, found, item.label)).ok).toBe(true);
    }
  }
});
