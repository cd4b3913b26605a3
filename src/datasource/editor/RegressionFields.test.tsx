import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import React from 'react';

import { CoreApp } from '@grafana/data';

import { PlainCodeField, QUERY } from './testing';
import { drawEditor } from './testingEditor';

jest.mock('./CodeMirrorField', () => ({ __esModule: true, default: (props: object) => mockField(props) }));
const mockField = (props: object) => <PlainCodeField {...(props as Parameters<typeof PlainCodeField>[0])} />;

// Each draws the whole editor, which is slow in jsdom when the machine is busy.
jest.setTimeout(120_000);

// Looked for by label: by role is slow in a form of this size.
const REGRESSIONS = { ...QUERY, queryType: 'regressions' as const, baseline: { offset: '1h' } };

describe('what regressions are held against', () => {
  it('is one of the usual times, and says what that does', async () => {
    const { latest } = drawEditor(REGRESSIONS);
    expect(screen.getByLabelText('An hour ago')).toBeChecked();
    await userEvent.click(screen.getByLabelText('Last week'));
    expect(latest().flameql).toMatch(/ vs offset 1w$/);
    expect(screen.getByText(/same time last week/)).toBeInTheDocument();
  });

  it('is the version before, found when the query is run', async () => {
    const { latest } = drawEditor({ ...REGRESSIONS, labelSelector: '{}' });
    await userEvent.click(screen.getByLabelText('Previous version'));
    expect(latest()).toMatchObject({
      queryType: 'regressions',
      labelSelector: '{}',
      profileTypeId: QUERY.profileTypeId,
      baseline: { previousVersion: true },
    });
    expect(latest().flameql).toBeUndefined();
    expect(screen.getByText(/the version that ran before the one that runs now/)).toBeInTheDocument();
    expect(screen.queryByRole('group', { name: 'Compared with' })).not.toBeInTheDocument();

    await userEvent.click(screen.getByLabelText('Code'));
    expect(latest()).toMatchObject({ baseline: { previousVersion: true }, editorMode: 'code' });
    expect(latest().flameql).not.toContain('vs');
    expect(screen.getByLabelText('Previous version')).toBeChecked();

    await userEvent.click(screen.getByLabelText('Yesterday'));
    expect(latest().baseline).toBeUndefined();
    expect(latest().flameql).toMatch(/ vs offset 1d$/);
  });

  it('stays when something else of the query is changed, in an alert rule too', async () => {
    const saved = { ...REGRESSIONS, baseline: { previousVersion: true }, labelSelector: '{pod="a-1"}' };
    const { latest } = drawEditor(saved, CoreApp.UnifiedAlerting);
    await userEvent.type(screen.getByLabelText('Warm-up'), '5m{Enter}');
    expect(latest()).toMatchObject({ baseline: { previousVersion: true }, warmUp: '5m' });
    await userEvent.click(screen.getByLabelText('Remove the filter on pod'));
    expect(latest()).toMatchObject({ baseline: { previousVersion: true }, labelSelector: '{}', warmUp: '5m' });
  });

  it('ends with the regressions: a series is not held against itself', async () => {
    const { latest } = drawEditor({ ...REGRESSIONS, baseline: { previousVersion: true } });
    await userEvent.click(screen.getByRole('button', { name: /Options/ }));
    await userEvent.click(screen.getByLabelText('Series'));
    expect(latest().queryType).toBe('metrics');
    expect(latest().baseline).toBeUndefined();
  });
});

describe('how large a regression must be', () => {
  it("is a growth and a share, the backend's own where nothing is said", async () => {
    const { latest } = drawEditor(REGRESSIONS);
    await userEvent.type(screen.getByLabelText('Grew by, %'), '50{Enter}');
    expect(latest().leastRatio).toBe(1.5);
    await userEvent.type(screen.getByLabelText('Of the profile, %'), '1{Enter}');
    expect(latest().leastShare).toBe(0.01);
    await userEvent.clear(screen.getByLabelText('Grew by, %'));
    await userEvent.tab();
    expect(latest().leastRatio).toBeUndefined();
  });

  it.each(['-1', 'much', '99999'])('is not %s', async (text) => {
    const { latest } = drawEditor(REGRESSIONS);
    await userEvent.type(screen.getByLabelText('Grew by, %'), `${text}{Enter}`);
    expect(latest().leastRatio).toBeUndefined();
    expect(await screen.findByText('Write a number above 0, such as 20.')).toBeInTheDocument();
  });
});
