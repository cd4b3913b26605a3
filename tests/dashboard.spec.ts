import { FlameGraphOnPage } from './stand/flameGraph';
import { pushMemory } from './stand/seed.mjs';
import { expect, picture, test } from './stand/test';

const PAGE = process.env.FLAMEWATCH_PAGE ?? '';

for (const theme of ['dark', 'light'] as const) {
  test(`the service profile shows series, flame graph and functions, ${theme}`, async ({ page }) => {
    await page.setViewportSize({ width: 1400, height: 1900 });
    await page.goto(`${PAGE}/d/flamewatch-service-profile?theme=${theme}`);
    const flameGraph = new FlameGraphOnPage(page);
    await flameGraph.expectPainted();
    await expect(page.locator('.uplot')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'order-service', exact: true })).toBeVisible();
    await expect(page.getByText('Top functions of order-service')).toBeVisible();
    await expect(page.getByRole('table', { name: 'Table' })).toContainText('walkDiscounts');
    await picture(page, `dashboard-${theme}`);
  });
}

test('a variable narrows what the panels show', async ({ page }) => {
  await pushMemory(process.env.FLAMEWATCH_STORE ?? '');
  await page.goto(`${PAGE}/d/flamewatch-service-profile?var-type=memory:inuse_space:bytes::&var-label=version`);
  const flameGraph = new FlameGraphOnPage(page);
  await flameGraph.expectPainted();
  await expect(flameGraph.table).toContainText('NewRepository');
  await expect(flameGraph.table).not.toContainText('walkDiscounts');
  await expect(page.getByText('v1.4.3').first()).toBeVisible();
});

test('health and cost draw what they can without a Prometheus, and say how to have the rest', async ({ page }) => {
  await page.setViewportSize({ width: 1400, height: 1400 });
  await page.goto(`${PAGE}/d/flamewatch-pyroscope-health`);
  await expect(page.getByText('Add a Prometheus data source under')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('heading', { name: 'Unhealthy members' })).toBeVisible();
  await picture(page, 'dashboard-health');
  await page.goto(`${PAGE}/d/flamewatch-profiling-cost`);
  await expect(page.getByText('Add a Prometheus data source under')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('heading', { name: 'CPU time by service' })).toBeVisible();
  // No demo's profiler is in these profiles, so of two panels with profiles one has something to draw.
  await expect(page.locator('.uplot')).toHaveCount(1, { timeout: 20_000 });
  await expect(page.getByRole('button', { name: 'order-service', exact: true })).toBeVisible();
  await picture(page, 'dashboard-cost');
});

test.describe('a dashboard that is not there', () => {
  test.use({ expectedFault: /404/ });

  test('is said so', async ({ page }) => {
    await page.goto(`${PAGE}/d/nowhere`);
    await expect(page.getByText('There is no dashboard nowhere')).toBeVisible();
  });
});
