import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import React from 'react';
import { NEVER, of, throwError } from 'rxjs';

import { CoreApp } from '@grafana/data';
import type { FetchResponse } from '@grafana/runtime';

import type { ProfilesQuery } from '../query';
import { CPU, datasourceWith, MEMORY, PlainCodeField, QUERY, RESOURCES } from './testing';
import { drawEditor as setUp } from './testingEditor';

jest.mock('./CodeMirrorField', () => ({ __esModule: true, default: (props: object) => mockField(props) }));
const mockField = (props: object) => <PlainCodeField {...(props as Parameters<typeof PlainCodeField>[0])} />;

const failing = (path: string, error: unknown) =>
  datasourceWith((asked, params) =>
    asked === path ? throwError(() => error) : of({ data: RESOURCES[asked](params) } as FetchResponse<unknown>)
  );

async function fill(label: string, text: string) {
  await userEvent.click(screen.getByLabelText(label));
  await userEvent.paste(text);
}

const openOptions = () => userEvent.click(screen.getByRole('button', { name: /Options/ }));

describe('a new query', () => {
  it.each([CoreApp.Explore, CoreApp.PanelEditor])('shows the first service in %s at once', async (app) => {
    const { latest, onRunQuery } = setUp({}, app);
    await waitFor(() => expect(onRunQuery).toHaveBeenCalledTimes(1));
    expect(latest()).toMatchObject({
      profileTypeId: CPU,
      labelSelector: '{service_name="checkout"}',
      queryType: app === CoreApp.Explore ? 'both' : 'profile',
    });
  });

  it('keeps a selector that is there', async () => {
    const { latest, onRunQuery } = setUp({ labelSelector: '{pod="a-1"}', spanSelector: ['61940201a61f3e83'] });
    await waitFor(() => expect(onRunQuery).toHaveBeenCalledTimes(1));
    expect(latest()).toMatchObject({ profileTypeId: CPU, labelSelector: '{pod="a-1"}' });
  });

  it('chooses nothing in an alert rule and asks it for numbers', async () => {
    const { latest, onRunQuery } = setUp({}, CoreApp.UnifiedAlerting);
    await waitFor(() => expect(latest().queryType).toBe('metrics'));
    expect(latest()).toMatchObject({ profileTypeId: '', labelSelector: '{}' });
    expect(onRunQuery).not.toHaveBeenCalled();
    await openOptions();
    const shown = screen.getAllByRole('radio').map((radio) => radio.getAttribute('id')?.replace(/-radio.*/, ''));
    expect(shown).toEqual(['option-builder', 'option-code', 'option-metrics', 'option-silent']);
  });

  it('leaves a saved query as it is', async () => {
    const { latest, onRunQuery } = setUp(QUERY);
    await screen.findByDisplayValue(/Time on CPU/);
    expect(latest()).toEqual(QUERY);
    expect(onRunQuery).not.toHaveBeenCalled();
  });
});

describe('a selector', () => {
  it('is shown as filters', async () => {
    const { latest, onRunQuery } = setUp({ ...QUERY, labelSelector: '{pod=~"a-1|b-2", $more}' });
    const filters = screen.getByRole('group', { name: 'Label filters' });
    expect(within(filters).getByDisplayValue('pod')).toBeInTheDocument();
    expect(within(filters).getByText('a-1')).toBeInTheDocument();
    expect(within(filters).getByText('$more')).toBeInTheDocument();
    await userEvent.click(within(filters).getByRole('button', { name: 'Remove $more' }));
    expect(latest()).toMatchObject({ labelSelector: '{pod=~"a-1|b-2"}', profileTypeId: CPU, queryType: 'both' });
    expect(onRunQuery).toHaveBeenCalledTimes(1);
  });

  it('that cannot be read stays a text, with what is wrong, until it is mended', async () => {
    const { latest, onRunQuery } = setUp({ ...QUERY, labelSelector: '{service_name=' });
    expect(await screen.findByText(/Expected a value in quotes/)).toBeInTheDocument();
    expect(screen.queryByRole('group', { name: 'Label filters' })).not.toBeInTheDocument();
    await waitFor(() => expect(screen.getByLabelText('Selector')).not.toHaveAttribute('readonly'));
    await userEvent.clear(screen.getByLabelText('Selector'));
    await userEvent.paste('{service_name="orders"}');
    expect(latest().labelSelector).toBe('{service_name="orders"}');
    expect(screen.queryByRole('group', { name: 'Label filters' })).not.toBeInTheDocument();
    expect(onRunQuery).not.toHaveBeenCalled();
    await userEvent.keyboard('{Enter}');
    expect(screen.getByRole('group', { name: 'Label filters' })).toBeInTheDocument();
    expect(onRunQuery).toHaveBeenCalledTimes(1);
  });
});

describe('the server', () => {
  it('cannot be asked: says why, and tries again', async () => {
    let works = false;
    const datasource = datasourceWith((path, params) =>
      works || path !== 'profileTypes'
        ? of({ data: RESOURCES[path](params) } as FetchResponse<unknown>)
        : throwError(() => new Error('The server is down.'))
    );
    setUp(QUERY, CoreApp.Explore, datasource);
    expect(await screen.findByText('The server is down.')).toBeInTheDocument();
    works = true;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.queryByText('The server is down.')).not.toBeInTheDocument());
  });

  it('has nothing: says what to do', async () => {
    const datasource = datasourceWith(() => of({ data: [] } as unknown as FetchResponse<unknown>));
    const { latest, onRunQuery } = setUp({}, CoreApp.Explore, datasource);
    expect(await screen.findByText('No profiles in this time range')).toBeInTheDocument();
    expect(latest().profileTypeId).toBeFalsy();
    expect(onRunQuery).not.toHaveBeenCalled();
  });

  it('does not answer: the query can still be written', async () => {
    const { latest } = setUp(
      QUERY,
      CoreApp.Explore,
      datasourceWith(() => NEVER)
    );
    await openOptions();
    await fill('Max nodes', '512');
    await userEvent.keyboard('{Enter}');
    expect(latest().maxNodes).toBe(512);
  });

  it('refuses label names: the rest works', async () => {
    setUp(QUERY, CoreApp.Explore, failing('labelNames', new Error('no labels')));
    expect(await screen.findByDisplayValue(/Time on CPU/)).toBeInTheDocument();
  });
});

describe('options', () => {
  it('are summed up while they are folded', () => {
    setUp({ ...QUERY, groupBy: ['pod', 'namespace'], limit: 5, maxNodes: 100, spanSelector: ['61940201a61f3e83'] });
    for (const part of ['Both', 'Grouped by pod, namespace', '5 series', '100 nodes', 'Only of 61940201a61f3e83']) {
      expect(screen.getByText(part)).toBeInTheDocument();
    }
  });

  it('are stored when they are finished, not with every key', async () => {
    const { latest, onRunQuery } = setUp(QUERY);
    await openOptions();
    await fill('Span IDs', '61940201a61f3e83, 71940201a61f3e83');
    expect(latest()).toEqual(QUERY);
    await userEvent.tab();
    expect(latest().spanSelector).toEqual(['61940201a61f3e83', '71940201a61f3e83']);
    expect(onRunQuery).toHaveBeenCalledTimes(1);
    await fill('Max series', '7');
    await userEvent.keyboard('{Escape}');
    expect(latest().limit).toBeUndefined();
  });

  it('offer both only in Explore', async () => {
    setUp(QUERY, CoreApp.PanelEditor);
    await openOptions();
    expect(screen.getByRole('radio', { name: 'Flame graph' })).toBeChecked();
    expect(screen.queryByRole('radio', { name: 'Both' })).not.toBeInTheDocument();
  });

  it('say that a saved query type is not known', async () => {
    setUp({ ...QUERY, queryType: 'heat' as ProfilesQuery['queryType'] });
    await openOptions();
    expect(screen.getByText(/does not know the saved query type/)).toBeInTheDocument();
  });
});

it('changes the type and runs', async () => {
  const { latest, onRunQuery } = setUp(QUERY);
  await userEvent.click(await screen.findByDisplayValue(/Time on CPU/));
  await userEvent.paste(MEMORY);
  await userEvent.keyboard('{Enter}');
  expect(latest().profileTypeId).toBe(MEMORY);
  expect(onRunQuery).toHaveBeenCalledTimes(1);
});
