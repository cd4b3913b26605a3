import { inOrder, profiledAncestor, type SpanOfTrace } from './profiledAncestor';

const span = (
  spanId: string,
  parentId: string | undefined,
  tags: Record<string, string> = {},
  startMs = 0
): SpanOfTrace => ({
  spanId,
  parentId,
  name: `name of ${spanId}`,
  startMs,
  durationMs: 1,
  tags: { 'service.name': 'checkout', ...tags },
});

const tagged = { 'pyroscope.profile.id': '61940201a61f3e83' };

function ancestorOf(spanId: string, spans: SpanOfTrace[]): string | undefined {
  const byId = new Map(spans.map((one) => [one.spanId, one]));
  const asked = byId.get(spanId);
  return asked && profiledAncestor(asked, byId)?.spanId;
}

describe('the span whose profile holds the samples of another', () => {
  const trace = [
    span('root', undefined, tagged),
    span('middle', 'root'),
    span('leaf', 'middle'),
    span('own', 'leaf', tagged),
    span('remote', 'leaf', { 'service.name': 'payments' }),
    span('pod', 'root', { 'service.instance.id': 'b' }),
    span('orphan', 'gone'),
  ];

  it('is itself where it has one', () => expect(ancestorOf('own', trace)).toBe('own'));
  it('is the nearest above it', () => expect(ancestorOf('leaf', trace)).toBe('root'));
  it('is none of another service', () => expect(ancestorOf('remote', trace)).toBeUndefined());
  it('is none of another instance', () => expect(ancestorOf('pod', trace)).toBeUndefined());
  it('is none where the parent is not there', () => expect(ancestorOf('orphan', trace)).toBeUndefined());
  it('is none where spans go in a circle', () =>
    expect(ancestorOf('a', [span('a', 'b'), span('b', 'a')])).toBeUndefined());
});

describe('the order of spans', () => {
  const order = (spans: SpanOfTrace[]) =>
    inOrder(spans).map(({ span: { spanId }, depth }) => `${'.'.repeat(depth)}${spanId}`);

  it('puts each below its parent, siblings as they began', () => {
    const spans = [
      span('late', 'root', {}, 9),
      span('early', 'root', {}, 1),
      span('leaf', 'early', {}, 20),
      span('root', undefined, {}, 0),
    ];
    expect(order(spans)).toEqual(['root', '.early', '..leaf', '.late']);
  });

  it('keeps spans whose parent is not there, or is itself', () => {
    expect(order([span('a', 'gone', {}, 2), span('b', 'b', {}, 1)])).toEqual(['b', 'a']);
  });
});
