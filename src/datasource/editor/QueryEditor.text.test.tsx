import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEventOf, { PointerEventsCheckLevel } from '@testing-library/user-event';
import React from 'react';
import { of } from 'rxjs';

import { CoreApp } from '@grafana/data';
import type { FetchResponse } from '@grafana/runtime';

import { CPU, datasourceWith, giveElementsASize, PlainCodeField, QUERY, RESOURCES } from './testing';
import { drawEditor } from './testingEditor';

jest.mock('./CodeMirrorField', () => ({ __esModule: true, default: (props: object) => mockField(props) }));
const mockField = (props: object) => <PlainCodeField {...(props as Parameters<typeof PlainCodeField>[0])} />;

beforeAll(giveElementsASize);
beforeEach(() => localStorage.clear());

const TEXT = `${CPU}{service_name="checkout"}`;

// Roles and pointer checks compute styles, which takes seconds on a page of this size.
const userEvent = userEventOf.setup({ delay: null, pointerEventsCheck: PointerEventsCheckLevel.Never });
const choose = (name: 'Builder' | 'Code') => userEvent.click(screen.getByText(name));
const openOptions = () => fireEvent.click(screen.getByText('Options'));
const field = () => screen.findByLabelText('Query');

async function write(text: string) {
  await userEvent.clear(await field());
  await userEvent.paste(text);
}

async function fill(label: string, text: string) {
  await userEvent.click(screen.getByLabelText(label));
  await userEvent.paste(text);
  await userEvent.keyboard('{Enter}');
}

async function compareWith(item: string) {
  await userEvent.click(screen.getByText('Compare with…'));
  await userEvent.click(await screen.findByText(item));
}

describe('builder and text', () => {
  it('turn into each other without loss', async () => {
    const { latest, onRunQuery } = drawEditor({ ...QUERY, groupBy: ['pod'], limit: 5 });
    await choose('Code');
    expect(await field()).toHaveValue(`${TEXT} by (pod) limit 5`);
    expect(latest()).toEqual({
      refId: 'A',
      queryType: 'both',
      profileTypeId: CPU,
      labelSelector: '{}',
      groupBy: [],
      editorMode: 'code',
      flameql: `${TEXT} by (pod) limit 5`,
    });
    await choose('Builder');
    expect(latest()).toEqual({ ...QUERY, groupBy: ['pod'], limit: 5, editorMode: 'builder' });
    expect(onRunQuery).not.toHaveBeenCalled();
  });

  it('keep a comparison', async () => {
    const { latest } = drawEditor({ ...QUERY, flameql: `${TEXT} vs {pod="b-2"} offset 1h normalise rate` });
    await choose('Builder');
    const baseline = screen.getByLabelText('Compared with');
    expect(within(baseline).getByDisplayValue('b-2')).toBeInTheDocument();
    expect(within(baseline).getByDisplayValue('1h')).toBeInTheDocument();
    expect(within(baseline).getByDisplayValue('Cost per unit of time')).toBeInTheDocument();
    await userEvent.clear(within(baseline).getByDisplayValue('1h'));
    await userEvent.paste('90m');
    await userEvent.keyboard('{Enter}');
    expect(latest().flameql).toBe(`${TEXT} vs {pod="b-2"} offset 1h30m normalise rate`);
    await userEvent.clear(within(baseline).getByDisplayValue('1h30m'));
    await userEvent.paste('soon');
    await userEvent.tab();
    expect(within(baseline).getByDisplayValue('soon')).toBeInTheDocument();
    expect(within(baseline).getByText(/Write a duration/)).toBeInTheDocument();
    expect(latest().flameql).toContain('offset 1h30m');
  });

  it.each([
    ['cpu{a=', /Expected a value in quotes/],
    ['cpu $clauses', /no field for \$clauses/],
  ])('%s stays as text, with the reason', async (flameql, reason) => {
    const { latest } = drawEditor({ ...QUERY, flameql, editorMode: 'code' });
    await choose('Builder');
    expect(await field()).toHaveValue(flameql);
    expect(screen.getAllByText(reason).length).toBeGreaterThan(0);
    expect(screen.getByLabelText('Code')).toBeChecked();
    expect(latest().flameql).toBe(flameql);
  });
});

describe('a text', () => {
  it('is stored as it is typed, and run with Enter', async () => {
    const { latest, onRunQuery } = drawEditor({ ...QUERY, flameql: 'cpu', editorMode: 'code' });
    await write('cpu{a=');
    expect(latest().flameql).toBe('cpu{a=');
    expect(screen.getByRole('alert')).toHaveTextContent('Expected a value in quotes, found the end of the query.');
    await userEvent.keyboard('{Enter}');
    expect(latest().flameql).toBe('cpu{a=');
    expect(onRunQuery).not.toHaveBeenCalled();
    await write('cpu{a="b"} ');
    await userEvent.keyboard('{Enter}');
    expect(latest().flameql).toBe('cpu{a="b"} ');
    expect(onRunQuery).toHaveBeenCalledTimes(1);
  });

  it('is formatted by a button, unless it has a fault', async () => {
    const { latest } = drawEditor({ ...QUERY, flameql: 'cpu  {a = "b",}', editorMode: 'code' });
    await userEvent.click(screen.getByText('Format').closest('button')!);
    expect(latest().flameql).toBe('cpu{a="b"}');
    await write('cpu  {');
    expect(screen.getByText('Format').closest('button')!).toBeDisabled();
  });

  it('that names no type takes the one beside it', async () => {
    drawEditor({ ...QUERY, flameql: '{a="b"}', editorMode: 'code' });
    expect(await screen.findByDisplayValue(/Time on CPU/)).toBeInTheDocument();
    await write('cpu{a="b"}');
    expect(screen.queryByDisplayValue(/Time on CPU/)).not.toBeInTheDocument();
  });

  it('of a megabyte stays, with a sentence', async () => {
    const flameql = `cpu{a="${'x'.repeat(1 << 20)}"}`;
    const { latest } = drawEditor({ ...QUERY, flameql, editorMode: 'code' });
    expect(await field()).toHaveValue(flameql);
    expect(screen.getByRole('alert')).toHaveTextContent('at most 65536 characters');
    expect(latest().flameql).toBe(flameql);
  });

  it('that was run is offered again, but not in Explore, which has a history', async () => {
    const { latest } = drawEditor({ ...QUERY, flameql: 'cpu', editorMode: 'code' }, CoreApp.PanelEditor);
    await write('heap');
    await userEvent.keyboard('{Enter}');
    await write('wall');
    await userEvent.click(screen.getByText('Recent queries'));
    await userEvent.click(await screen.findByText('heap'));
    expect(latest().flameql).toBe('heap');
  });

  it('has no history in Explore', async () => {
    drawEditor({ ...QUERY, flameql: 'cpu', editorMode: 'code' });
    await field();
    expect(screen.queryByText('Recent queries')).not.toBeInTheDocument();
  });
});

describe('compare with', () => {
  it('an hour ago: the flame graph becomes a diff', async () => {
    const { latest, onRunQuery } = drawEditor({ ...QUERY, queryType: 'profile' });
    await compareWith('One hour ago');
    expect(latest()).toMatchObject({ flameql: `${TEXT} vs offset 1h`, queryType: 'diff', editorMode: 'builder' });
    expect(onRunQuery).toHaveBeenCalledTimes(1);
    expect(screen.getByLabelText('Compared with')).toBeInTheDocument();
    await compareWith('Nothing: end the comparison');
    expect(latest()).toMatchObject({ labelSelector: QUERY.labelSelector, flameql: undefined, queryType: 'profile' });
  });

  it('an hour ago in an alert rule: one number, and series again without it', async () => {
    const { latest } = drawEditor({ ...QUERY, queryType: 'metrics' }, CoreApp.UnifiedAlerting);
    await compareWith('One hour ago');
    expect(latest()).toMatchObject({ flameql: `${TEXT} vs offset 1h`, queryType: 'diff' });
    await compareWith('Nothing: end the comparison');
    expect(latest().queryType).toBe('metrics');
  });

  it('last week, in a text', async () => {
    const { latest } = drawEditor({ ...QUERY, flameql: 'cpu by (pod)', editorMode: 'code' });
    await compareWith('Last week, at the same time');
    expect(latest()).toMatchObject({ flameql: 'cpu vs offset 1w by (pod)', editorMode: 'code', queryType: 'both' });
  });

  it('the previous version, found by its label', async () => {
    const answers: typeof RESOURCES = {
      ...RESOURCES,
      labelNames: () => ['pod', 'version'],
      labelValues: ({ label }) => (label === 'version' ? ['v1.4.3', 'v1.4.2', 'v1.10.0'] : []),
    };
    const datasource = datasourceWith((path, params) => of({ data: answers[path](params) } as FetchResponse<unknown>));
    const { latest } = drawEditor(QUERY, CoreApp.Explore, datasource);
    await compareWith('Previous version of this service');
    await waitFor(() =>
      expect(latest().flameql).toBe(`${CPU}{service_name="checkout", version="v1.10.0"} vs {version="v1.4.3"}`)
    );
  });

  it('says why there is no previous version', async () => {
    drawEditor(QUERY);
    await compareWith('Previous version of this service');
    expect(await screen.findByRole('status')).toHaveTextContent('no label that tells versions apart');
  });
});

it.each([
  ['Diff', 'diff'],
  ['Regressions', 'regressions'],
])('chooses an hour ago for %s without a baseline', async (name, queryType) => {
  const { latest } = drawEditor({ ...QUERY, queryType: 'profile' }, CoreApp.PanelEditor);
  openOptions();
  await userEvent.click(screen.getByText(name));
  expect(latest()).toMatchObject({ queryType, flameql: `${TEXT} vs offset 1h` });
  expect(screen.queryByText('Flame graph')).not.toBeInTheDocument();
});

it('explains a query in one sentence, and remembers that it was asked to', async () => {
  const { unmount } = drawEditor({ ...QUERY, flameql: `${TEXT} vs offset 1h`, editorMode: 'code' });
  await userEvent.click(screen.getByLabelText('Explain', { selector: 'input' }));
  expect(screen.getByTestId('query-explanation')).toHaveTextContent(
    'Time on CPU of profiles where service_name is "checkout", compared with the same 1 hour earlier, by share of each side.'
  );
  unmount();
  drawEditor(QUERY);
  expect(screen.getByTestId('query-explanation')).toBeInTheDocument();
});

describe('options', () => {
  it('refuse what is no number and no expression, and keep what was typed', async () => {
    const { latest } = drawEditor(QUERY);
    openOptions();
    await fill('Max series', 'many');
    expect(screen.getByText('Write a whole number from 1 to 10000.')).toBeInTheDocument();
    await fill('Function', '(');
    expect(screen.getByDisplayValue('(')).toBeInTheDocument();
    expect(latest()).toEqual(QUERY);
    await fill('Focus', 'json');
    expect(latest()).toMatchObject({ focus: 'json' });
    await userEvent.clear(screen.getByLabelText('Focus'));
    await userEvent.keyboard('{Enter}');
    expect(latest().focus).toBeUndefined();
  });

  it("have every field of core's model, and ours", async () => {
    const { latest } = drawEditor({ ...QUERY, function: 'json' });
    openOptions();
    for (const name of ['Exemplars', 'Show gaps', 'Marks', 'As share']) {
      await userEvent.click(screen.getByLabelText(name));
    }
    await userEvent.click(screen.getByText('Self'));
    await userEvent.click(screen.getByLabelText('Legend'));
    await userEvent.paste('of {{pod}}');
    await userEvent.click(screen.getByLabelText('Heatmap'));
    await userEvent.click(await screen.findByText('Of spans'));
    await userEvent.click(screen.getByLabelText('Levels'));
    await userEvent.click(await screen.findByText('Average'));
    expect(latest()).toMatchObject({
      includeExemplars: true,
      fillGaps: true,
      annotations: true,
      asShare: true,
      functionValue: 'self',
      includeHeatmap: true,
      heatmapType: 'span',
      levels: 'average',
      legendFormat: 'of {{pod}}',
    });
  });

  it('ask an alert rule for which number of a comparison', async () => {
    const { latest } = drawEditor(
      { ...QUERY, queryType: 'diff', flameql: 'cpu vs offset 1h' },
      CoreApp.UnifiedAlerting
    );
    openOptions();
    await userEvent.click(screen.getByText('Change'));
    expect(latest()).toMatchObject({ number: 'change', queryType: 'diff' });
    expect(screen.queryByLabelText('Exemplars')).not.toBeInTheDocument();
  });
});
