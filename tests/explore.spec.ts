import { FlameGraphOnPage } from './stand/flameGraph';
import { cpuProfile, explorePath, NEWER_VERSION } from './stand/openInExplore';
import { expect, picture, test } from './stand/test';

const PAGE = process.env.FLAMEWATCH_PAGE ?? '';

for (const theme of ['dark', 'light'] as const) {
  test.describe(`Explore, ${theme}`, () => {
    test('a new query draws series and flame graph by itself', async ({ page }) => {
      await page.goto(`${PAGE}/explore?theme=${theme}`);
      const flameGraph = new FlameGraphOnPage(page);
      await flameGraph.expectPainted();
      await expect(page.getByRole('heading', { name: 'Graph', exact: true })).toBeVisible();
      await expect(page.locator('.uplot')).toBeVisible();
      await picture(page, `explore-${theme}`);
    });

    test('query, flame graph, search, zoom and back', async ({ page }) => {
      await page.goto(PAGE + explorePath(cpuProfile(NEWER_VERSION), { theme }));
      const flameGraph = new FlameGraphOnPage(page);
      await flameGraph.expectPainted();

      // 60 of 150 samples are in serializeOrder, 30 of them its own.
      await flameGraph.search.fill('serializeOrder');
      await expect(page.getByRole('search')).toContainText('40%');
      await expect(flameGraph.table).toContainText('orders.serializeOrder');
      await expect(flameGraph.table).not.toContainText('auth.hashKey');
      await flameGraph.search.fill('');
      await expect(flameGraph.table).toContainText('auth.hashKey');

      // Level 3 from the left is main.main > serve > PlaceOrder.
      await flameGraph.doubleClick(3, 0.3);
      await expect(flameGraph.breadcrumbs).toContainText('PlaceOrder');
      await page.getByRole('button', { name: 'Show the whole profile' }).click();
      await expect(flameGraph.breadcrumbs).toBeHidden();
      await picture(page, `flame-graph-${theme}`);
    });
  });
}

test('a query without profiles says so', async ({ page }) => {
  await page.goto(PAGE + explorePath(cpuProfile('{service_name="nobody"}')));
  await expect(page.getByText(/no (data|profiles|samples)/i).first()).toBeVisible({ timeout: 20_000 });
});

test.describe('a malformed selector', () => {
  test.use({ expectedFault: /answered 400: .*\/api\/ds\/query|status of 400/ });

  test('is refused with a sentence', async ({ page }) => {
    await page.goto(PAGE + explorePath(cpuProfile('{service_name="order-service"')));
    await expect(page.getByRole('alert').filter({ hasText: 'Query A failed' })).toContainText(/selector/i);
  });
});
