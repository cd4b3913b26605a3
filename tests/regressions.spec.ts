import { readFile } from 'node:fs/promises';

import type { Page } from '@playwright/test';

import { axeViolations, REFRESH_BUTTON, TABLE } from './stand/axe';
import { FlameGraphOnPage } from './stand/flameGraph';
import { expect, picture, test } from './stand/test';

const PAGE = process.env.FLAMEWATCH_PAGE ?? '';
const APP = `${PAGE}/a/flamewatch-profiles-app`;
const REGRESSIONS = `${APP}/regressions?from=now-25m&to=now`;
const SILENCES = '/api/alertmanager/grafana/api/v2/silences';

interface PostedSilence {
  comment: string;
  matchers: Array<{ name: string; value: string }>;
}

/** What an editor may do with alerts. */
const RIGHTS = { 'alert.rules:create': true, 'alert.instances:create': true };

/** The playground has no alerting: here its page is told that there is, and the list of silences is held by the test. */
async function withAlerting(page: Page): Promise<PostedSilence[]> {
  const silences: Array<PostedSilence & { id: string }> = [];
  await page.route(`${APP}/**`, async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text())
      .replace('"unifiedAlertingEnabled":false', '"unifiedAlertingEnabled":true')
      .replace('"permissions":{}', JSON.stringify({ permissions: RIGHTS }).slice(1, -1));
    await route.fulfill({ response: answer, body });
  });
  await page.route(`${PAGE}${SILENCES}`, async (route) => {
    if (route.request().method() === 'POST') {
      silences.push({ ...(route.request().postDataJSON() as PostedSilence), id: `s${silences.length}` });
      await route.fulfill({ status: 202, json: { silenceID: 's' } });
      return;
    }
    await route.fulfill({ json: silences.map((silence) => ({ ...silence, status: { state: 'active' } })) });
  });
  return silences;
}

const opener = (page: Page) => page.getByRole('button', { name: /serializeOrder/ }).first();

async function openFinding(page: Page) {
  await expect(opener(page)).toBeVisible({ timeout: 40_000 });
  await opener(page).click();
  await expect(page.getByText(/› orders\.serializeOrder/)).toBeVisible();
}

for (const theme of ['dark', 'light'] as const) {
  test(`the deploy’s regression is found, with its diff, ${theme}`, async ({ page }) => {
    await page.goto(`${REGRESSIONS}&theme=${theme}`);
    await openFinding(page);
    await expect(page.getByText('Very sure', { exact: false }).first()).toBeVisible();
    await expect(page.getByRole('img', { name: /v1\.4\.3 came at/ }).first()).toBeVisible();
    await new FlameGraphOnPage(page).expectPainted();
    await picture(page, `regressions-${theme}`);
    expect(await axeViolations(page, { except: [REFRESH_BUTTON, TABLE] })).toEqual([]);
  });
}

test('a finding leads to a rule, is muted, and is exported', async ({ page }) => {
  const silences = await withAlerting(page);
  await page.goto(REGRESSIONS);
  await openFinding(page);

  await page.getByRole('button', { name: 'Create alert rule', exact: true }).last().click();
  const form = page.getByRole('link', { name: 'Continue in Grafana’s form' });
  const href = new URL((await form.getAttribute('href')) ?? '', PAGE);
  expect(href.pathname).toBe('/alerting/new/alerting');
  const rule = JSON.parse(href.searchParams.get('defaults') ?? '') as {
    queries: Array<{ model: object }>;
    labels: object[];
    annotations: object[];
  };
  expect(rule.queries[0].model).toMatchObject({ function: expect.stringContaining('serializeOrder'), asShare: true });
  expect(rule.labels).toContainEqual({ key: 'service_name', value: 'shop-orders' });
  expect(JSON.stringify(rule.annotations)).toContain('{{ externalURL }}a/flamewatch-profiles-app/runbooks/');
  await page.getByRole('button', { name: 'Replay the last 24 hours' }).click();
  await expect(page.getByText(/^It would (not )?have fired/)).toBeVisible({ timeout: 30_000 });
  await picture(page, 'create-rule');
  await page.getByRole('button', { name: 'Close' }).click();

  await page.getByRole('button', { name: 'Mute', exact: true }).click();
  await page.getByLabel('Reason').fill('known, fixed in v1.4.4');
  await picture(page, 'mute');
  await page.getByRole('dialog').getByRole('button', { name: 'Mute', exact: true }).click();
  await expect(page.getByText(/^Muted until .*: known, fixed in v1\.4\.4$/)).toBeVisible();
  expect(silences[0].matchers.map(({ name, value }) => `${name}=${value}`)).toEqual([
    'service_name=shop-orders',
    'function=orders.serializeOrder',
    expect.stringMatching(/^kind=(grew|new)$/),
  ]);

  await page.getByRole('button', { name: 'Export' }).first().click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'CSV' }).click();
  const csv = await readFile(await (await download).path(), 'utf8');
  expect(csv).toMatch(/"shop-orders".*"orders\.serializeOrder"/);
});

test('a search that takes long is cancelled', async ({ page }) => {
  // The call stays open until the page ends it.
  let ended = false;
  page.on('requestfailed', (request) => {
    ended ||= request.url().includes('/resources/regressions');
  });
  await page.route('**/resources/regressions', () => new Promise(() => undefined));
  await page.goto(REGRESSIONS);
  await expect(page.getByText('Looking for regressions…')).toBeVisible({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('Loading was cancelled')).toBeVisible();
  await expect.poll(() => ended).toBe(true);
});

test('the playground says that it has no alerting, and hands out the rules', async ({ page }) => {
  await page.goto(`${APP}/alerts`);
  await expect(page.getByText('This Grafana has no alerting')).toBeVisible({ timeout: 20_000 });
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download as provisioning YAML' }).click();
  const yaml = await readFile(await (await download).path(), 'utf8');
  expect(yaml).toContain('flamewatch-profiles-datasource');
  await picture(page, 'alerts');
  expect(await axeViolations(page)).toEqual([]);
});
