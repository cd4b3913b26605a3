import { expect, picture, test } from './stand/test';

const PAGE = process.env.FLAMEWATCH_PAGE_WITHOUT_SERVER ?? '';

// The calls that must fail, as the browser reports them.
test.use({ expectedFault: /answered (4|5)\d\d: .*\/api\/|status of (4|5)\d\d/ });

const QUERY = {
  refId: 'A',
  queryType: 'profile',
  profileTypeId: 'process_cpu:cpu:nanoseconds:cpu:nanoseconds',
  labelSelector: '{service_name="order-service"}',
  groupBy: [],
};

test('a query says that the server cannot be reached', async ({ page }) => {
  const panes = { a: { datasource: 'flamewatch', queries: [QUERY], range: { from: 'now-30m', to: 'now' } } };
  await page.goto(`${PAGE}/explore?panes=${encodeURIComponent(JSON.stringify(panes))}`);
  const failure = page.getByRole('alert').filter({ hasText: 'Query A failed' });
  await expect(failure).toContainText(/No server answers at/, { timeout: 20_000 });
  await picture(page, 'query-without-server');
});

test('Save & test says what is wrong', async ({ page }) => {
  await page.goto(`${PAGE}/connections/datasources/edit/flamewatch`);
  await page.getByRole('button', { name: 'Save & test' }).click({ timeout: 20_000 });
  await expect(page.getByRole('alert').filter({ hasText: /No server answers at/ })).toBeVisible({ timeout: 20_000 });
  await picture(page, 'health-without-server');
});

test('the services screen says what is wrong and offers to try again', async ({ page }) => {
  await page.goto(`${PAGE}/a/flamewatch-profiles-app/services`);
  await expect(page.getByText(/No server answers at/).first()).toBeVisible({ timeout: 20_000 });
  await picture(page, 'services-without-server');
});
