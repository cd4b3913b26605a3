import { FlameGraphOnPage } from './stand/flameGraph';
import { expect, picture, test } from './stand/test';

const PAGE = process.env.FLAMEWATCH_PAGE ?? '';
const APP = `${PAGE}/a/flamewatch-profiles-app`;

for (const theme of ['dark', 'light'] as const) {
  test(`services lead to the flame graph of one, ${theme}`, async ({ page }) => {
    await page.goto(`${APP}/services?theme=${theme}`);
    const service = page.getByRole('link', { name: 'order-service' }).first();
    await expect(service).toBeVisible({ timeout: 20_000 });
    await picture(page, `services-${theme}`);

    await service.click();
    await expect(page).toHaveURL(/\/a\/flamewatch-profiles-app\/explore/);
    await new FlameGraphOnPage(page).expectPainted();
    await picture(page, `app-explore-${theme}`);
  });
}

test('a favourite is listed first, and still is when the page is opened again', async ({ page }) => {
  const first = page.getByRole('row').nth(1);
  const star = page.getByRole('button', { name: 'Favourite: shop-orders', exact: true });
  await page.goto(`${APP}/services?sort=name`);
  await expect(first).toContainText('order-service', { timeout: 20_000 });
  await star.click();
  await expect(first).toContainText('shop-orders');
  await page.reload();
  await expect(first).toContainText('shop-orders', { timeout: 20_000 });
  await star.click();
  await expect(first).toContainText('order-service');
});

test('an address without a screen says so and leads on', async ({ page }) => {
  await page.goto(`${APP}/nowhere?from=now-30m&to=now`);
  await expect(page.getByText('Flamewatch has no screen at “/nowhere”')).toBeVisible({ timeout: 20_000 });
  await page.getByRole('link', { name: 'Services' }).last().click();
  await expect(page).toHaveURL(/\/services\?from=now-30m/);
});

test('the texts of all plugins are there in German', async ({ page }) => {
  const texts: string[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.includes('/locales/')) {
      texts.push(pathname);
    }
  });
  await page.goto(`${PAGE}/explore?lang=de-DE`);
  await new FlameGraphOnPage(page).expectPainted();
  await page.goto(`${APP}/services?lang=de-DE`);
  await expect(page.getByRole('link', { name: 'order-service' }).first()).toBeVisible({ timeout: 20_000 });
  for (const id of ['flamewatch-profiles-app', 'flamewatch-profiles-datasource', 'flamewatch-flamegraph-panel']) {
    expect(texts).toContain(`/public/plugins/${id}/locales/de-DE/${id}.json`);
  }
});
