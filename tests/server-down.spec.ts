import { cpuProfile, explorePath } from './stand/openInExplore';
import { expect, picture, test } from './stand/test';

const PAGE = process.env.FLAMEWATCH_PAGE_WITHOUT_SERVER ?? '';

// The calls that must fail, as the browser reports them.
test.use({ expectedFault: /answered (4|5)\d\d: .*\/api\/|status of (4|5)\d\d/ });

test('a query says that the server cannot be reached', async ({ page }) => {
  await page.goto(PAGE + explorePath(cpuProfile('{service_name="order-service"}')));
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
