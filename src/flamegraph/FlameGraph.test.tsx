import { screen, waitFor, within } from '@testing-library/react';

import { treeOf } from '../engine/testing/trees';

import { renderFlameGraph, SHOP, SHOP_DIFF, withLayout } from './testing/render';

let restore: () => void;
beforeEach(() => {
  restore = withLayout();
});
afterEach(() => restore());

const graph = () => screen.getByTestId('flamegraph-graph');
const functions = () =>
  within(screen.getByRole('table', { name: 'Functions' }))
    .queryAllByRole('rowheader')
    .map((cell) => cell.querySelector('bdi')?.textContent);

describe('search', () => {
  it('narrows the table and says what share matches', async () => {
    const { user } = renderFlameGraph(SHOP);
    await user.type(screen.getByRole('textbox', { name: 'Search functions' }), 'cart');
    expect(functions()).toEqual(['cart.List', 'cart.Add']);
    expect(screen.getByRole('search')).toHaveTextContent('70% in 2 frames');
  });

  it('reads a regular expression when that is switched on, and says what is wrong with one', async () => {
    const { user } = renderFlameGraph(SHOP, { search: { text: 'cart.(A', regex: false } });
    expect(screen.getByText('No function matches the search and the filters.')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Regular expression' }));
    expect(screen.getByRole('search')).toHaveTextContent(/Invalid regular expression/);
    await user.type(screen.getByRole('textbox', { name: 'Search functions' }), ')');
    expect(functions()).toEqual(['cart.Add']);
  });

  it('matches case when that is switched on', async () => {
    const { user } = renderFlameGraph(SHOP, { search: { text: 'ADD' } });
    expect(functions()).toEqual(['cart.Add']);
    await user.click(screen.getByRole('button', { name: 'Match case' }));
    expect(functions()).toEqual([]);
  });

  it('steps from match to match', async () => {
    const { user } = renderFlameGraph(SHOP, { search: { text: 'cart' } });
    await user.click(screen.getByRole('button', { name: 'Next match (Enter)' }));
    expect(screen.getByRole('search')).toHaveTextContent('1 of 2 (70%)');
    await user.click(screen.getByRole('button', { name: 'Next match (Enter)' }));
    expect(screen.getByRole('search')).toHaveTextContent('2 of 2 (70%)');
  });

  it('refuses a pattern that could take minutes where no worker can be started', async () => {
    const { user } = renderFlameGraph(SHOP, { search: { text: '(a+)+$', regex: true } });
    await waitFor(() => expect(screen.getByRole('search')).toHaveTextContent(/could take minutes/));
    await user.clear(screen.getByRole('textbox', { name: 'Search functions' }));
    expect(screen.getByRole('search')).not.toHaveTextContent(/could take minutes/);
  });
});

describe('table', () => {
  it('has what every function costs, the heaviest self first', () => {
    renderFlameGraph(SHOP);
    expect(functions()).toEqual(['json.Encode', 'cart.List', 'gc', 'serve', 'cart.Add', 'main', 'total']);
    const row = screen.getByRole('row', { name: /serve/ });
    expect(
      within(row)
        .getAllByRole('cell')
        .map((cell) => cell.textContent)
    ).toEqual(['10 s10%', '80 s80%']);
  });

  it('sorts by a column, the other way round at the second click', async () => {
    const { user } = renderFlameGraph(SHOP);
    await user.click(screen.getByRole('button', { name: 'Total' }));
    expect(functions().slice(0, 3)).toEqual(['main', 'total', 'serve']);
    await user.click(screen.getByRole('button', { name: 'Total' }));
    expect(functions()[0]).toBe('gc');
    await user.click(screen.getByRole('button', { name: 'Function' }));
    expect(functions()[0]).toBe('cart.Add');
  });

  it('highlights a function that is clicked, focuses one that is double-clicked', async () => {
    const { user, state } = renderFlameGraph(SHOP);
    await user.click(screen.getByRole('button', { name: 'gc' }));
    expect(state().search.text).toBe('gc');
    await user.dblClick(screen.getByRole('row', { name: /gc/ }));
    expect(state().focus).toEqual(['total', 'main', 'gc']);
    // The search of the first click is taken back.
    await user.dblClick(screen.getByText('gc', { selector: 'bdi' }));
    expect(state().search.text).toBe('gc');
  });

  it('changes the width of a column by keys', async () => {
    const { user, state } = renderFlameGraph(SHOP);
    screen.getByRole('separator', { name: 'Width of column Total' }).focus();
    await user.keyboard('{ArrowLeft}{ArrowLeft}');
    expect(state().table.widths.total).toBe(144);
  });

  it.each([
    ['New', ['comes']],
    ['Removed', ['goes']],
    ['Grew', ['grows']],
    ['Shrank', ['shrinks']],
  ])('of a diff shows only what is %s', async (name, expected) => {
    const { user } = renderFlameGraph(SHOP_DIFF);
    await user.click(screen.getByRole('radio', { name }));
    expect(functions()).toEqual(expected);
  });

  it('opens a menu for a function', async () => {
    const { user, state } = renderFlameGraph(SHOP);
    await user.click(screen.getByLabelText('Menu of cart.Add'));
    await user.click(screen.getByRole('menuitem', { name: 'Callers and callees' }));
    expect(state().sandwich).toBe('cart.Add');
  });
});

describe('filters', () => {
  it('are chips that can be edited and removed', async () => {
    const { user, state } = renderFlameGraph(SHOP, { filters: [{ kind: 'hide', text: 'serve', regex: false }] });
    expect(functions()).not.toContain('serve');
    await user.click(screen.getByRole('button', { name: /Edit filter: Hidden serve/ }));
    const pattern = screen.getByRole('textbox', { name: 'Functions' });
    await user.clear(pattern);
    await user.type(pattern, 'gc{Enter}');
    expect(state().filters).toEqual([{ kind: 'hide', text: 'gc', regex: false }]);
    expect(functions()).toContain('serve');
    expect(functions()).not.toContain('gc');
    await user.click(screen.getByRole('button', { name: /Remove filter: Hidden gc/ }));
    expect(state().filters).toEqual([]);
    expect(functions()).toContain('gc');
  });

  it('are all removed at once', async () => {
    const filters = [{ kind: 'packages' as const }, { kind: 'small' as const, share: 0.001 }];
    const { user, state } = renderFlameGraph(SHOP, { filters });
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(state().filters).toEqual([]);
  });
});

describe('keys', () => {
  it('walk the tree, focus and go back', async () => {
    const { user, state } = renderFlameGraph(SHOP);
    graph().focus();
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}');
    expect(graph()).toHaveAccessibleDescription(/^serve, Total 80 s, Self 10 s, Share of all 80%/);
    await user.keyboard('{Enter}');
    expect(state().focus).toEqual(['total', 'main', 'serve']);
    await user.keyboard('{Escape}');
    expect(state().focus).toEqual([]);
  });

  it('invert, flip, hide and sandwich', async () => {
    const { user, state } = renderFlameGraph(SHOP);
    graph().focus();
    await user.keyboard('i');
    expect(state().inverted).toBe(true);
    await user.keyboard('if');
    expect(state()).toMatchObject({ inverted: false, direction: 'flame' });
    await user.keyboard('f{ArrowDown}{ArrowDown}{ArrowDown}h');
    expect(state().filters).toEqual([{ kind: 'hide', text: '^serve$', regex: true, caseSensitive: true }]);
  });

  it('search with /, and do nothing while text is typed', async () => {
    const { user, state } = renderFlameGraph(SHOP);
    graph().focus();
    await user.keyboard('/fish');
    expect(state()).toMatchObject({ search: { text: 'fish' }, direction: 'icicle', inverted: false });
  });

  it('are listed with ?', async () => {
    const { user } = renderFlameGraph(SHOP);
    graph().focus();
    await user.keyboard('?');
    expect(await screen.findByRole('dialog')).toHaveTextContent('Walk to caller, heaviest callee and neighbours');
  });
});

describe('views', () => {
  it('list callers and callees of a function with their shares', async () => {
    const { user, state } = renderFlameGraph(SHOP, { layout: 'calls', pivot: 'serve' });
    const table = screen.getByRole('table', { name: 'Callers and callees of serve' });
    const rows = within(table)
      .getAllByRole('row')
      .map((row) => row.textContent);
    expect(rows).toEqual([
      'FunctionValueOf the functionOf all',
      'Callers',
      'main80 s100%80%',
      'Function',
      'serve80 s100%80%',
      'Callees',
      'its own code10 s12.5%10%',
      'cart.Add40 s50%40%',
      'cart.List30 s37.5%30%',
    ]);
    await user.click(screen.getByRole('button', { name: 'cart.Add' }));
    expect(state().pivot).toBe('cart.Add');
  });

  it('list the heaviest stacks from the leaf, those that match while something is searched for', async () => {
    const { user, state } = renderFlameGraph(SHOP, { layout: 'stacks', search: { text: 'cart' } });
    const stacks = within(screen.getByRole('region', { name: 'Heaviest stacks' })).getAllByRole('list');
    const frames = stacks.slice(1).map((list) =>
      within(list)
        .getAllByRole('listitem')
        .map((item) => item.textContent)
    );
    expect(frames).toEqual([
      ['json.Encode', 'cart.Add', 'serve', 'main', 'total'],
      ['cart.List', 'serve', 'main', 'total'],
    ]);
    await user.click(screen.getAllByRole('button', { name: 'Show in flame graph' })[1]);
    expect(state()).toMatchObject({ layout: 'flame', focus: ['total', 'main', 'serve', 'cart.List'] });
  });

  it('draw the call graph', async () => {
    const { user } = renderFlameGraph(SHOP, { layout: 'graph' });
    const box = await screen.findByRole('button', { name: 'cart.Add, 40 s (40%)' });
    box.focus();
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('menuitem', { name: 'Table of its calls' })).toBeInTheDocument();
  });

  it('list what lines cost, fetched when asked for', async () => {
    const linesOf = jest.fn().mockResolvedValue({
      kind: 'flow',
      files: [
        {
          file: '/src/cart.go',
          startLine: 3,
          self: 0,
          total: 40,
          leftOut: 0,
          lines: [{ line: 5, self: 0, total: 40 }],
        },
      ],
    });
    const sourceUrlOf = () => 'https://code.example.com/cart.go#L5';
    const { user } = renderFlameGraph(SHOP, {}, { linesOf, sourceUrlOf });
    await user.click(screen.getByLabelText('Menu of cart.Add'));
    expect(linesOf).not.toHaveBeenCalled();
    await user.click(screen.getByText('Cost by line'));
    // By text: looking roles up in the whole page takes seconds in jsdom.
    const cost = await screen.findByText('40 s (100%)');
    const link = cost.closest('tr')!.querySelector('a');
    expect(link).toHaveAttribute('href', 'https://code.example.com/cart.go#L5');
    expect(link).toHaveTextContent('5');
    const text = '1\n2\n3\n4\nreturn add(item)\n6\n';
    // jsdom's files cannot be read as text.
    const source = Object.assign(new File([text], 'cart.go'), { text: () => Promise.resolve(text) });
    await user.upload(screen.getByLabelText('Choose the source file'), source);
    expect(await screen.findByText('return add(item)')).toBeInTheDocument();
  });

  it('list what lines cost on both sides of a diff', async () => {
    const line = { line: 9, self: 30, total: 30, baseline: { line: 5, self: 10, total: 10 } };
    const file = { file: '/src/cart.go', startLine: 7, self: 30, total: 30, leftOut: 0, lines: [line] };
    const linesOf = () => Promise.resolve({ kind: 'flow' as const, files: [{ ...file, baseline: line.baseline }] });
    const { user } = renderFlameGraph(SHOP_DIFF, {}, { linesOf });
    await user.click(screen.getByLabelText('Menu of grows'));
    await user.click(screen.getByText('Cost by line'));
    const [cost] = await screen.findAllByText('10 s → 30 s (+200%)');
    const cells = Array.from(cost.closest('tr')!.children, (cell) => cell.textContent);
    expect(cells).toEqual(['9', '5', '10 s → 30 s (+200%)', '10 s → 30 s (+200%)']);
  });

  it('say why lines could not be fetched, and try again', async () => {
    const linesOf = jest
      .fn()
      .mockRejectedValueOnce({ data: { message: 'No server answers.' } })
      .mockResolvedValue({ kind: 'flow', files: [] });
    const { user } = renderFlameGraph(SHOP, {}, { linesOf });
    await user.click(screen.getByLabelText('Menu of cart.Add'));
    await user.click(screen.getByText('Cost by line'));
    expect(await screen.findByText('No server answers.')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(/No profile of this range has this function/)).toBeInTheDocument();
  });
});

describe('a diff with an empty side', () => {
  const side = (left: number, right: number) => treeOf([{ stack: ['main', 'serve'], left, right }], true);

  it('says that nothing is new', () => {
    renderFlameGraph(side(0, 10));
    expect(screen.getByText('The baseline has no profiles, so that everything looks new')).toBeInTheDocument();
  });

  it('says that nothing was removed', () => {
    renderFlameGraph(side(10, 0));
    expect(screen.getByText('The comparison has no profiles, so that everything looks removed')).toBeInTheDocument();
  });

  it('says nothing where both have profiles', () => {
    renderFlameGraph(SHOP_DIFF);
    expect(screen.queryByText(/has no profiles/)).not.toBeInTheDocument();
  });
});
