import { expect, test } from './stand/test';

const PAGE = process.env.FLAMEWATCH_PAGE ?? '';

test('Save & test names the server', async ({ page }) => {
  await page.goto(`${PAGE}/connections/datasources/edit/flamewatch`);
  await page.getByRole('button', { name: 'Save & test' }).click({ timeout: 20_000 });
  await expect(page.getByRole('status').filter({ hasText: 'Connected to Pyroscope' })).toBeVisible({ timeout: 20_000 });
});

test('the app has a configuration page', async ({ page }) => {
  await page.goto(`${PAGE}/plugins/flamewatch-profiles-app`);
  await expect(page.getByRole('tab').first()).toBeVisible({ timeout: 20_000 });
});
