import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import React, { type ComponentType, useEffect, useState } from 'react';

import type { DataSourceSettings } from '@grafana/data';

import type { ProfilesOptions } from '../settings';
import { ConfigEditor, type ConfigProps } from './ConfigEditor';
import { LimitSettings } from './LimitSettings';
import { MeaningSettings } from './MeaningSettings';
import { TenantSetting } from './TenantSetting';
import { TraceLinkExample } from './TraceLinkExample';

// Its menu is Grafana's own.
jest.mock('@grafana/runtime', () => ({
  ...jest.requireActual('@grafana/runtime'),
  DataSourcePicker: ({ onChange, onClear }: { onChange: (chosen: object) => void; onClear: () => void }) => (
    <>
      <button onClick={() => onChange({ uid: 'tempo' })}>Choose Tempo</button>
      <button onClick={onClear}>Choose none</button>
    </>
  ),
}));

type Options = DataSourceSettings<ProfilesOptions>;

/** Draws a part of the page as Grafana does: what it changes comes back as its options. */
function setUp(Part: ComponentType<ConfigProps>, changes: Partial<Options> = {}) {
  const first = {
    uid: 'profiles-1',
    url: 'http://localhost:4040',
    jsonData: {},
    secureJsonFields: {},
    readOnly: false,
    ...changes,
  } as Options;
  const shown = jest.fn<void, [Options]>();
  function Page() {
    const [options, setOptions] = useState(first);
    useEffect(() => shown(options), [options]);
    return <Part options={options} onOptionsChange={setOptions} />;
  }
  render(<Page />);
  return () => shown.mock.lastCall![0];
}

function OwnSettings(props: ConfigProps) {
  return (
    <>
      <TenantSetting {...props} />
      <MeaningSettings {...props} />
      <LimitSettings {...props} />
    </>
  );
}

async function fill(label: RegExp | string, text: string) {
  await userEvent.clear(screen.getByLabelText(label));
  await userEvent.paste(text);
}

it('stores what is typed under the keys that the backend reads', async () => {
  const latest = setUp(OwnSettings);
  await fill(/^Tenant/, 'team-a');
  await fill(/^Instance label/, 'pod');
  await fill(/^Ingest delay/, '2m');
  await fill(/^Minimal step/, '30s');
  await fill(/^Nodes of a flame graph/, '1024');
  await fill(/^Size of an answer in MiB/, '64');
  await fill(/^Calls at the same time/, '4');
  expect(latest().jsonData).toEqual({
    tenant: 'team-a',
    instanceLabel: 'pod',
    ingestDelay: '2m',
    minStep: '30s',
    maxNodes: 1024,
    responseLimit: 64,
    concurrency: 4,
  });
});

it('leaves an emptied setting out, so that the default holds', async () => {
  const latest = setUp(OwnSettings, { jsonData: { tenant: 'team-a', maxNodes: 10 } });
  await userEvent.clear(screen.getByLabelText(/^Tenant/));
  await userEvent.clear(screen.getByLabelText(/^Nodes of a flame graph/));
  expect(latest().jsonData).toEqual({});
});

it('says what a value should look like', async () => {
  setUp(OwnSettings, { jsonData: { ingestDelay: 'soon', maxNodes: 2_000_000 } });
  expect(screen.getByText(/Write a number and a unit/)).toBeInTheDocument();
  expect(screen.getByText('Write a whole number from 1 to 1048576.')).toBeInTheDocument();
});

describe('CPU coverage', () => {
  const choose = (name: string) => userEvent.click(screen.getByRole('radio', { name }));

  it('is the share of the cycle that is profiled', async () => {
    const latest = setUp(MeaningSettings);
    await choose('Part of the time');
    expect(latest().jsonData.cpuCoverage).toBeCloseTo(1 / 6);
    await fill('Seconds profiled', '15');
    expect(latest().jsonData.cpuCoverage).toBe(0.25);
    await choose('All the time');
    expect(latest().jsonData.cpuCoverage).toBe(1);
    await choose('Unknown');
    expect(latest().jsonData).toEqual({});
  });

  it('is refused when more is profiled than there is', async () => {
    const latest = setUp(MeaningSettings, { jsonData: { cpuCoverage: 0.5 } });
    expect(screen.getByLabelText('Seconds profiled')).toHaveValue(30);
    await fill('Seconds profiled', '300');
    expect(screen.getByText(/no larger than the second/)).toBeInTheDocument();
    expect(latest().jsonData).toEqual({});
  });
});

it('keeps secrets out of jsonData', async () => {
  const latest = setUp(ConfigEditor, { basicAuth: true, basicAuthUser: 'reader' });
  await userEvent.click(screen.getByPlaceholderText('Password'));
  await userEvent.paste('secret');
  expect(latest().secureJsonData).toEqual({ basicAuthPassword: 'secret' });
  expect(JSON.stringify(latest().jsonData)).not.toContain('secret');
});

it('cannot be changed when it is provisioned', () => {
  setUp(OwnSettings, { readOnly: true });
  for (const label of [/^Tenant/, /^Instance label/, /^Ingest delay/]) {
    expect(screen.getByLabelText(label)).toBeDisabled();
  }
  for (const radio of within(screen.getByRole('radiogroup')).getAllByRole('radio')) {
    expect(radio).toBeDisabled();
  }
});

it('shows how Tempo finds this data source', async () => {
  setUp(ConfigEditor);
  await userEvent.click(screen.getByRole('button', { name: 'Expand section From traces to profiles' }));
  expect(screen.getByText(/datasourceUid: "profiles-1"/)).toBeInTheDocument();
});

it('stores where the spans of exemplars open', async () => {
  const latest = setUp(TraceLinkExample);
  await userEvent.click(screen.getByRole('button', { name: 'Expand section From traces to profiles' }));
  await userEvent.click(screen.getByRole('button', { name: 'Choose Tempo' }));
  expect(latest().jsonData).toEqual({ tracesDatasourceUid: 'tempo' });
  await userEvent.click(screen.getByRole('button', { name: 'Choose none' }));
  expect(latest().jsonData).toEqual({});
});
