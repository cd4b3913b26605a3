import type { Page } from '@playwright/test';

/** A flame graph as the datasource answers it; `label` are indices of names, the right columns those of a diff. */
export interface AnsweredProfile {
  readonly columns: Readonly<Record<'level' | 'value' | 'self' | 'label', number[]>> &
    Readonly<Partial<Record<'valueRight' | 'selfRight', number[]>>>;
  readonly names: readonly string[];
}

/** Lets every query for a flame graph be answered with this profile. */
export async function answerWith(page: Page, { columns, names }: AnsweredProfile) {
  const field = (name: string) =>
    name === 'label'
      ? { name, type: 'enum', config: { type: { enum: { text: names } } } }
      : { name, type: 'number', config: name === 'level' ? {} : { unit: 'ns' } };
  const frame = {
    schema: {
      refId: 'A',
      name: 'response',
      meta: { preferredVisualisationType: 'flamegraph', preferredVisualisationPluginId: 'flamewatch-flamegraph-panel' },
      fields: Object.keys(columns).map(field),
    },
    data: { values: Object.values(columns) },
  };
  const body = JSON.stringify({ results: { A: { status: 200, frames: [frame] } } });
  await page.route('**/api/ds/query*', (route) => route.fulfill({ contentType: 'application/json', body }));
}
