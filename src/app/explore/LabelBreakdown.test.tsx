import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';
import { MemoryRouter } from 'react-router-dom';

import { FieldType, getDefaultTimeRange, LoadingState, toDataFrame } from '@grafana/data';

import { LabelBreakdown } from './LabelBreakdown';
import { ProfileExploration } from './ProfileExploration';

const line = (endpoint: string, cores: number) =>
  toDataFrame({
    meta: { custom: { kind: 'flow', stepMs: 15_000 } },
    fields: [
      { name: 'time', type: FieldType.time, values: [15_000, 30_000] },
      {
        name: 'cpu',
        type: FieldType.number,
        labels: { endpoint },
        config: { unit: 'suffix:cores', displayNameFromDS: endpoint },
        values: [cores, cores],
      },
    ],
  });

function open() {
  const model = new ProfileExploration();
  model.setState({ service: 'checkout', filters: '{pod="x"}', groupBy: ['endpoint'] });
  const data = {
    state: LoadingState.Done,
    timeRange: getDefaultTimeRange(),
    series: [line('GET', 1), line('POST', 3)],
  };
  model.state.series.runner.setState({ data });
  render(<LabelBreakdown model={model} datasourceUid="ds" />, { wrapper: MemoryRouter });
  return model;
}

it('has the cost of each value, the costliest first', () => {
  open();
  const rows = screen.getByRole('table', { name: 'Cost by endpoint' }).querySelectorAll('tbody tr');
  expect([...rows].map((row) => row.textContent)).toEqual(['POST3 cores75.0%', 'GET1 cores25.0%']);
});

it('leads to one value, and to all but it', () => {
  const model = open();
  fireEvent.click(screen.getByRole('button', { name: 'Without GET' }));
  expect(model.state.filters).toBe('{pod="x", endpoint!="GET"}');
  fireEvent.click(screen.getByRole('button', { name: 'Only POST' }));
  expect(model.state.filters).toBe('{pod="x", endpoint!="GET", endpoint="POST"}');
});

it('holds a value against the rest', () => {
  open();
  const compare = screen.getByRole<HTMLAnchorElement>('link', { name: 'Compare GET with the rest' });
  const sides = new URL(compare.href).searchParams;
  expect(sides.get('baseline-selector')).toBe('{service_name="checkout", pod="x", endpoint!="GET"}');
  expect(sides.get('comparison-selector')).toBe('{service_name="checkout", pod="x", endpoint="GET"}');
});
