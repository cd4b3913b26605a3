import { findRemainders, hiddenAround } from './remainder';
import { treeOf } from './testing/trees';
import { changeKind, relativeChange, share } from './change';
import { followStack, stackOf } from './traverse';

const sample = (path: string, left: number, right = 0) => ({ stack: path.split('>'), left, right });

describe('findRemainders', () => {
  const cut = treeOf([sample('a>b', 5), sample('a>other', 3), sample('other', 2)]);

  it('takes leaves called other for what the server cut off', () => {
    const found = findRemainders(cut);
    expect([...found.nodes].map((i) => stackOf(cut, i).join('>'))).toEqual(['total>other', 'total>a>other']);
    expect(found).toMatchObject({ total: 5, totalRight: 0, real: false });
  });

  it('takes them for functions where nothing was cut', () => {
    expect(findRemainders(cut, 100)).toMatchObject({ total: 0, real: true });
    expect(findRemainders(cut, 3)).toMatchObject({ total: 5, real: false });
  });

  it('knows a function by its callees', () => {
    const tree = treeOf([sample('a>other>b', 5), sample('c>other', 3)]);
    expect(findRemainders(tree)).toMatchObject({ total: 3, real: true });
  });

  it('finds none in a profile without', () => {
    expect(findRemainders(treeOf([sample('a', 1)]))).toMatchObject({ nodes: new Uint32Array(), total: 0, real: false });
  });
});

describe('hiddenAround', () => {
  const tree = treeOf(
    [sample('a>b', 0, 5), sample('a>other', 3, 1), sample('other', 2, 0), sample('c>other', 50, 50)],
    true
  );
  const node = (path: string) => followStack(tree, ['total', ...path.split('>')]).node;

  it('adds up the remainders along the path, by side', () => {
    expect(hiddenAround(tree, node('a>b'), findRemainders(tree))).toEqual({ left: 5, right: 1 });
    expect(hiddenAround(tree, node('a'), findRemainders(tree))).toEqual({ left: 2, right: 0 });
    expect(hiddenAround(tree, node('a>other'), findRemainders(tree))).toEqual({ left: 2, right: 0 });
    expect(hiddenAround(tree, 0, findRemainders(tree))).toEqual({ left: 0, right: 0 });
  });

  it('keeps new from being said of what was cut off', () => {
    const hidden = hiddenAround(tree, node('a>b'), findRemainders(tree));
    expect(changeKind(0, 5, hidden)).toBe('cut off');
    expect(changeKind(0, 6, hidden)).toBe('new');
    expect(changeKind(1, 0, hidden)).toBe('cut off');
    expect(changeKind(2, 0, hidden)).toBe('gone');
  });
});

describe('change', () => {
  it('is relative to the baseline', () => {
    expect(relativeChange(10, 15)).toBe(0.5);
    expect(relativeChange(10, 0)).toBe(-1);
    expect(relativeChange(0, 1)).toBe(Infinity);
    expect(relativeChange(0, 0)).toBe(0);
  });

  it('can be one of shares', () => {
    expect(share(15, 300)).toBeCloseTo(0.05);
    expect(share(1, 0)).toBe(0);
  });

  it('has a name', () => {
    expect(changeKind(1, 2)).toBe('grew');
    expect(changeKind(2, 1)).toBe('shrank');
    expect(changeKind(2, 2)).toBe('same');
    expect(changeKind(100, 101, undefined, 1)).toBe('same');
    expect(changeKind(0, 1)).toBe('new');
    expect(changeKind(1, 0)).toBe('gone');
  });
});
