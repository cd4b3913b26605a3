import { FlameGraphOnPage } from './stand/flameGraph';
import { pushProfile } from './stand/seed.mjs';
import { expect, test } from './stand/test';

const PAGE = process.env.FLAMEWATCH_PAGE ?? '';
const STORE = process.env.FLAMEWATCH_STORE ?? '';
const APP = `${PAGE}/a/flamewatch-profiles-app`;

test('set-up waits for the first profile of a service and says when it is there', async ({ page }) => {
  // Another name in every run: the store keeps what earlier tests pushed.
  const service = `newcomer-${Date.now()}`;
  await page.goto(`${APP}/setup?language=python&service=${service}`);
  const check = page.getByText(`Waiting for the first profile of ${service}`);
  await expect(check).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(`application_name="${service}"`)).toBeVisible();
  await pushProfile(STORE, service);
  await expect(page.getByText(`Profiles of ${service} arrive`)).toBeVisible({ timeout: 20_000 });
  await expect(check).toBeHidden();
  await page.getByRole('link', { name: 'Open its flame graph' }).click();
  await expect(page).toHaveURL(new RegExp(`var-service=${service}`));
  await new FlameGraphOnPage(page).expectPainted();
});

test('a page to learn from draws a service by itself, and another one that is chosen', async ({ page }) => {
  await page.goto(`${APP}/learn`);
  const lesson = page.getByRole('link', { name: 'Reading a flame graph' });
  await expect(lesson).toBeVisible({ timeout: 20_000 });
  // Nothing is cut off at the right.
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  await lesson.click();
  await expect(page).toHaveURL(/\/learn\/flame-graph/);
  const flameGraph = new FlameGraphOnPage(page);
  await flameGraph.expectPainted();
  await expect(page.getByText('Copy link to this incident')).toBeHidden();
  await page.getByLabel('Service of the pictures').click();
  await page.getByRole('option', { name: 'order-service' }).click();
  await flameGraph.expectPainted();
  await expect(flameGraph.table).toContainText('serializeOrder');
});

test('coverage lists the services with their profile types', async ({ page }) => {
  await page.goto(`${APP}/coverage`);
  const orders = page.getByRole('region', { name: 'order-service' });
  await expect(orders).toBeVisible({ timeout: 20_000 });
  await expect(orders.getByRole('list', { name: 'Profile types' }).getByRole('listitem')).toHaveCount(2);
  await expect(page.getByRole('region', { name: 'shop-orders' })).toBeVisible();
  await page.getByPlaceholder('Search services').fill('shop-');
  await expect(orders).toBeHidden();
});

test('best practices are verified for the services that there are', async ({ page }) => {
  await page.goto(`${APP}/learn/best-practices`);
  const row = page.getByRole('listitem').filter({ hasText: 'Targets for captures' });
  await expect(row).toContainText('Kept', { timeout: 20_000 });
  await expect(page.getByRole('listitem').filter({ hasText: 'Everyone on call' })).toContainText('Yours to say');
});
