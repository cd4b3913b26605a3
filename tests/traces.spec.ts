import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { Page } from '@playwright/test';

import { axeViolations, REFRESH_BUTTON } from './stand/axe';
import { FlameGraphOnPage } from './stand/flameGraph';
import { cpuProfile, explorePath } from './stand/openInExplore';
import { expect, picture, test } from './stand/test';
import { startTracedService } from './stand/tracedService.mjs';

const PAGE = process.env.FLAMEWATCH_PAGE ?? '';
const STORE = process.env.FLAMEWATCH_STORE ?? '';

/** A name of its own: the store's other profiles are known to the sample, and other tests count them. */
const SERVICE = 'traced-orders';

let stop: () => Promise<void>;

test.beforeAll(() => {
  stop = startTracedService({ service: SERVICE, store: STORE, page: PAGE });
});

test.afterAll(() => stop());

test('from the list of spans to the flame graph of one', async ({ page }) => {
  test.setTimeout(120_000); // a span, and then its profile, must arrive
  await page.goto(`${PAGE}/playground/spans`);
  const row = page.getByRole('row').filter({ hasText: 'GET /export' }).first();
  await expect(async () => {
    await page.getByRole('button', { name: 'Refresh' }).click();
    await expect(row).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await expect(row).toContainText(SERVICE);
  await expect(row).toContainText('v1.4.3');
  await picture(page, 'spans');

  await row.getByRole('link', { name: 'Profiles for this span' }).click();
  await expect(page).toHaveURL(/\/explore\?/);
  const flameGraph = new FlameGraphOnPage(page);
  const samples = page
    .getByRole('note')
    .filter({ hasText: /^\d+ samples? of this span, [\d.]+ m?s CPU in [\d.]+ m?s wall/ });
  // The profile is uploaded after the span's end; until then the service stands in its place.
  await expect(page.getByRole('note').first()).toBeVisible({ timeout: 30_000 });
  await expect(async () => {
    await page.getByRole('button', { name: 'Run query' }).click();
    await expect(samples).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 20_000 });
  await flameGraph.expectPainted();
  await picture(page, 'span-profile');
  // The table draws the rows in view only.
  await flameGraph.search.fill('ExportOrders');
  await expect(flameGraph.table).toContainText('ExportOrders');
  await flameGraph.search.fill('PlaceOrder');
  await expect(flameGraph.table).not.toContainText('ExportOrders');
  await expect(flameGraph.table).not.toContainText('PlaceOrder');
});

test('a span without samples is told apart from one whose profile is not there yet', async ({ page }) => {
  const query = {
    ...cpuProfile('{service_name="order-service"}'),
    refId: 'profile',
    spanSelector: ['00000000000000ff'],
  };
  const to = Date.now() - 10 * 60_000;
  const range = { from: String(to - 200), to: String(to) };
  await page.goto(PAGE + explorePath(query, { range }));
  await expect(page.getByRole('note')).toContainText('no sample of {service_name="order-service"} around it carries');
  await expect(page.getByRole('note')).toContainText('Shown in its place');
  await new FlameGraphOnPage(page).expectPainted();
});

for (const theme of ['dark', 'light'] as const) {
  test(`without a Tempo the screen has the file that leads from one to here, ${theme}`, async ({ page }) => {
    await page.goto(`${PAGE}/a/flamewatch-profiles-app/traces?theme=${theme}`);
    await expect(page.getByText('There is no Tempo data source to look at')).toBeVisible({ timeout: 20_000 });
    await expect(page.getByText('datasourceUid: "flamewatch"')).toBeVisible();
    await picture(page, `traces-${theme}`);
  });
}

/** A trace that a real Tempo answered with; see testdata/tempo. */
const TRACE = 'a673620165ebeef40381d1e8c49bf4d6';

/** Puts a Tempo into the page's data sources, which answers as a real one did. */
async function withTempo(page: Page): Promise<void> {
  const recorded = (name: string) => readFileSync(path.join('testdata', 'tempo', name), 'utf8');
  const jsonData = {
    tracesToProfiles: { datasourceUid: 'flamewatch', tags: [{ key: 'service.name', value: 'service_name' }] },
  };
  const tempo = {
    ...{
      id: 99,
      uid: 'tempo',
      type: 'tempo',
      name: 'Tempo',
      url: '/api/datasources/proxy/uid/tempo',
      access: 'proxy',
      jsonData,
    },
    meta: {
      ...{ id: 'tempo', name: 'Tempo', type: 'datasource', metrics: true, module: 'core:plugin/tempo' },
      info: { logos: {} },
    },
  };
  await page.route(/\/a\/flamewatch-profiles-app\/traces/, async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace('"datasources":{', `"datasources":{"Tempo":${JSON.stringify(tempo)},`);
    await route.fulfill({ response: answer, body });
  });
  await page.route(/proxy\/uid\/tempo\/api\//, (route) =>
    route.fulfill({
      contentType: 'application/json',
      body: recorded(route.request().url().includes('/api/traces/') ? 'trace.json' : 'search.json'),
    })
  );
}

for (const theme of ['dark', 'light'] as const) {
  test(`with a Tempo the screen has spans and traces, in which axe finds nothing wrong, ${theme}`, async ({ page }) => {
    test.setTimeout(120_000);
    await withTempo(page);
    const looked = async (name: string) => {
      expect(await axeViolations(page, { within: 'main', except: [REFRESH_BUTTON] }), name).toEqual([]);
    };
    await page.goto(`${PAGE}/a/flamewatch-profiles-app/traces?theme=${theme}`);
    const checks = page.getByRole('list', { name: 'Do the links work?' });
    await expect(checks.getByRole('listitem').first()).toContainText('Works', { timeout: 20_000 });
    await expect(page.getByRole('link', { name: 'GET /export' })).toBeVisible();
    await looked('slowest spans');
    await page.getByRole('textbox', { name: /^Trace/ }).fill(TRACE);
    await page.keyboard.press('Enter');
    const row = page.getByRole('row').filter({ hasText: 'write orders' });
    await expect(row).toContainText('the nearest span above with a profile');
    await expect(page).toHaveURL(new RegExp(`trace=${TRACE}`));
    await looked('a trace');
    const link = row.getByRole('link', { name: 'Profile of GET /export' });
    await expect(link).toHaveAttribute(
      'href',
      /spanName%22%3A%22GET\+%2Fexport%22%2C%22ancestorOf%22%3A%22write\+orders/
    );
  });
}
