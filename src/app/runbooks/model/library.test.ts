import { Checklist } from './checklist';
import { libraryOf } from './library';
import { nearRunbooks } from './near';

const text = (title: string, tags = '') => `---\ntitle: ${title}\nsummary: S\ntags: [${tags}]\n---\ntext`;
const shipped = { 'memory-leak': text('Memory leak', 'heap'), 'cpu-throttling': text('CPU throttling') };

describe('libraryOf', () => {
  it('adds own runbooks and lets them replace shipped ones', () => {
    const { entries, problems } = libraryOf(shipped, [
      { slug: 'payments', markdown: text('Payments') },
      { slug: 'memory-leak', markdown: text('Our memory leak') },
    ]);
    expect(entries.map(({ origin, runbook }) => [origin, runbook.slug, runbook.title])).toEqual([
      ['override', 'memory-leak', 'Our memory leak'],
      ['shipped', 'cpu-throttling', 'CPU throttling'],
      ['own', 'payments', 'Payments'],
    ]);
    expect(problems).toEqual([]);
  });

  it('finds a runbook whose front matter is broken by its address', () => {
    const { entries } = libraryOf({}, [{ slug: 'mine', markdown: 'no front matter' }]);
    expect(entries[0]?.runbook).toMatchObject({ slug: 'mine', title: 'mine', faults: [{ line: 1 }] });
  });

  it.each([
    ['a text', 'x', 'no list'],
    ['a map', { a: 1 }, 'no list'],
    ['a null', [null], 'Runbook 1'],
    ['no markdown', [{ slug: 'a' }], 'Runbook 1'],
    ['a bad slug', [{ slug: '../a', markdown: '' }], 'Runbook 1'],
    ['a long slug', [{ slug: 'a'.repeat(61), markdown: '' }], 'Runbook 1'],
    [
      'one twice',
      [
        { slug: 'a', markdown: '' },
        { slug: 'a', markdown: '' },
      ],
      '“a” is there twice',
    ],
  ])('says what it does not understand of %s', (_, settings, problem) => {
    const { entries, problems } = libraryOf(shipped, settings);
    expect(entries.length).toBeGreaterThanOrEqual(2);
    expect(problems).toEqual([expect.stringContaining(problem)]);
  });

  it.each([undefined, null, []])('has the shipped ones with %j', (settings) => {
    expect(libraryOf(shipped, settings)).toMatchObject({ entries: { length: 2 }, problems: [] });
  });
});

describe('nearRunbooks', () => {
  const runbooks = libraryOf(shipped, undefined).entries.map(({ runbook }) => runbook);
  it.each([
    ['memory-leek', ['memory-leak']],
    ['MemoryLeak', ['memory-leak']],
    ['heap-growth', ['memory-leak']],
    ['cpu', ['cpu-throttling']],
    ['zzz', []],
    ['', []],
    ['x'.repeat(100_000), []],
  ])('to %s', (slug, near) => {
    expect(nearRunbooks(slug, runbooks).map((runbook) => runbook.slug)).toEqual(near);
  });
});

describe('Checklist', () => {
  beforeEach(() => sessionStorage.clear());

  it('keeps what is ticked for one incident', () => {
    new Checklist('a', ['orders', 1000]).write(new Set(['Capture', 'Roll back']));
    expect([...new Checklist('a', ['orders', 1000]).read()]).toEqual(['Capture', 'Roll back']);
    expect(new Checklist('a', ['orders', 2000]).read().size).toBe(0);
    new Checklist('a', ['orders', 1000]).write(new Set());
    expect(sessionStorage).toHaveLength(0);
  });

  it('does without a storage, and with a broken one', () => {
    sessionStorage.setItem('flamewatch.runbook.a.[]', '{');
    expect(new Checklist('a', []).read().size).toBe(0);
    const closed = {
      getItem: () => '[1, "x"]',
      setItem: () => {
        throw new Error('full');
      },
    } as unknown as Storage;
    const checklist = new Checklist('a', [], closed);
    checklist.write(new Set(['x']));
    expect([...checklist.read()]).toEqual(['x']);
  });
});
