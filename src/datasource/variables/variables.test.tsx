import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import React, { useEffect, useState } from 'react';
import { firstValueFrom, of } from 'rxjs';

import type { DataQueryRequest } from '@grafana/data';
import type { FetchResponse } from '@grafana/runtime';

import {
  CPU,
  datasourceWith,
  giveElementsASize,
  PlainCodeField,
  RANGE,
  RESOURCES,
  templatesOf,
} from '../editor/testing';
import { ProfilesVariables } from './ProfilesVariables';
import type { VariableQuery } from './variableQuery';
import { type VariableEditorProps, VariableQueryEditor } from './VariableQueryEditor';

jest.mock('../editor/CodeMirrorField', () => ({ __esModule: true, default: (props: object) => mockField(props) }));
const mockField = (props: object) => <PlainCodeField {...(props as Parameters<typeof PlainCodeField>[0])} />;

beforeAll(giveElementsASize);

describe('values of a variable', () => {
  const fetchResource = jest.fn((path: string, params: Record<string, string | number>) =>
    of({ data: RESOURCES[path](params) } as FetchResponse<unknown>)
  );
  const variables = new ProfilesVariables(
    datasourceWith(fetchResource, templatesOf({ service: 'orders', name: 'pod' }))
  );

  beforeEach(() => fetchResource.mockClear());

  async function list(target: unknown) {
    const request = { targets: [target], range: RANGE, scopedVars: {} } as DataQueryRequest<VariableQuery>;
    const { data } = await firstValueFrom(variables.query(request));
    return data;
  }

  it('are profile types in words with their id', async () => {
    expect(await list({ type: 'profileType', refId: 'v' })).toContainEqual({ text: 'CPU: Time on CPU', value: CPU });
    expect(fetchResource).toHaveBeenCalledWith(
      'profileTypes',
      expect.not.objectContaining({ query: expect.anything() })
    );
  });

  it('are labels of a type', async () => {
    expect(await list({ type: 'label', profileTypeId: CPU, refId: 'v' })).toContainEqual({ text: 'pod', value: 'pod' });
    expect(fetchResource).toHaveBeenCalledWith(
      'labelNames',
      expect.objectContaining({ query: `{__profile_type__="${CPU}"}` })
    );
  });

  it('follow another variable', async () => {
    const target = { type: 'labelValue', labelName: '$name', labelSelector: '{service_name="$service"}', refId: 'v' };
    expect(await list(target)).toEqual([
      { text: 'a-1', value: 'a-1' },
      { text: 'b-2', value: 'b-2' },
    ]);
    expect(fetchResource).toHaveBeenCalledWith(
      'labelValues',
      expect.objectContaining({ label: 'pod', query: '{service_name="orders"}' })
    );
  });

  it('are ten thousand if there are as many', async () => {
    const pods = Array.from({ length: 10_000 }, (_, i) => `pod-${i}`);
    const many = new ProfilesVariables(datasourceWith(() => of({ data: pods } as unknown as FetchResponse<unknown>)));
    const request = { targets: ['label_values(pod)'], range: RANGE, scopedVars: {} };
    const { data } = await firstValueFrom(many.query(request as unknown as DataQueryRequest<VariableQuery>));
    expect(data).toHaveLength(10_000);
  });

  it('are read from a text', async () => {
    expect(await list('label_values(service_name)')).toHaveLength(2);
  });

  it.each([
    ['an unfinished query', { type: 'labelValue', refId: 'v' }],
    ['a text of another language', 'up{}'],
    ['nothing', undefined],
  ])('are none for %s', async (_, target) => {
    expect(await list(target)).toEqual([]);
    expect(fetchResource).not.toHaveBeenCalled();
  });
});

describe('the editor of a variable', () => {
  function setUp(saved: unknown) {
    const shown = jest.fn<void, [VariableQuery]>();
    const datasource = datasourceWith();
    function Editor() {
      const [query, setQuery] = useState(saved as VariableQuery);
      useEffect(() => shown(query), [query]);
      const props = { query, onChange: setQuery, onRunQuery: () => undefined, datasource, range: RANGE };
      return <VariableQueryEditor {...(props as VariableEditorProps)} />;
    }
    render(<Editor />);
    return () => shown.mock.lastCall![0];
  }

  it('turns a text into fields', async () => {
    const latest = setUp('label_values({service_name="$service"}, pod)');
    expect(screen.getByRole('radio', { name: 'Values of a label' })).toBeChecked();
    expect(screen.getByDisplayValue('pod')).toBeInTheDocument();
    // A plain field stands there until the editor is loaded.
    await waitFor(() => expect(screen.getByDisplayValue('{service_name="$service"}')).toBeInTheDocument());
    await userEvent.click(screen.getByRole('radio', { name: 'Label names' }));
    expect(latest()).toMatchObject({ type: 'label', labelSelector: '{service_name="$service"}' });
  });

  it('lists labels to choose from', async () => {
    const latest = setUp({ type: 'labelValue', refId: 'v' });
    await userEvent.click(screen.getByPlaceholderText('Choose a label'));
    await userEvent.click(await screen.findByRole('option', { name: 'namespace' }));
    expect(latest()).toEqual({ type: 'labelValue', refId: 'v', labelName: 'namespace' });
  });

  it('starts with profile types when nothing was saved', () => {
    setUp('');
    expect(screen.getByRole('radio', { name: 'Profile types' })).toBeChecked();
  });
});
