import { treeOf } from './testing/trees';
import { followStack, stackOf } from './traverse';

const tree = treeOf([
  { stack: ['main', 'serve.func1', 'parse'], left: 1, right: 0 },
  { stack: ['main', 'serve.func2.1', 'handle', 'encode'], left: 5, right: 0 },
  { stack: ['main', 'serve.func3', 'handle'], left: 9, right: 0 },
]);
const follow = (...names: string[]) => {
  const { node, depth } = followStack(tree, ['total', ...names]);
  return { stack: stackOf(tree, node).slice(1), depth };
};

describe('followStack', () => {
  it('goes as far as the names lead', () => {
    expect(follow('main', 'serve.func1', 'parse')).toEqual({ stack: ['main', 'serve.func1', 'parse'], depth: 4 });
    expect(follow('main', 'gone', 'parse')).toEqual({ stack: ['main'], depth: 2 });
  });

  it('follows closures that another build numbers otherwise', () => {
    const found = { stack: ['main', 'serve.func2.1', 'handle', 'encode'], depth: 5 };
    expect(follow('main', 'serve.func7', 'handle', 'encode')).toEqual(found);
    // One of this name is there, but does not lead on.
    expect(follow('main', 'serve.func1', 'handle', 'encode')).toEqual(found);
  });

  it('takes the heaviest where several are as good', () => {
    expect(follow('main', 'serve.func7', 'handle').stack).toEqual(['main', 'serve.func3', 'handle']);
  });

  it('is at the root where not even that has the name', () => {
    expect(followStack(tree, ['all', 'main'])).toEqual({ node: 0, depth: 0 });
    expect(followStack(tree, [])).toEqual({ node: 0, depth: 0 });
  });
});
