import { axeViolations } from './stand/axe';
import { FlameGraphOnPage } from './stand/flameGraph';
import { expect, picture, test } from './stand/test';

const PAGE = process.env.FLAMEWATCH_PAGE ?? '';
const APP = `${PAGE}/a/flamewatch-profiles-app`;

/** Both versions of the demo service in the minutes that the store has profiles of. */
const VERSIONS = new URLSearchParams({
  'var-profileType': 'process_cpu:cpu:nanoseconds:cpu:nanoseconds',
  'baseline-selector': '{service_name="order-service", version="v1.4.2"}',
  'baseline-from': 'now-30m',
  'baseline-to': 'now',
  'comparison-selector': '{service_name="order-service", version="v1.4.3"}',
  'comparison-from': 'now-30m',
  'comparison-to': 'now',
});

for (const theme of ['dark', 'light'] as const) {
  test(`two versions are compared, ${theme}`, async ({ page }) => {
    await page.goto(`${APP}/compare?${VERSIONS}&theme=${theme}`);
    const flameGraph = new FlameGraphOnPage(page);
    await flameGraph.expectPainted();
    const baseline = page.getByRole('region', { name: 'Baseline', exact: true });
    const comparison = page.getByRole('region', { name: 'Comparison', exact: true });
    await expect(baseline.locator('.uplot')).toBeVisible();
    await expect(comparison.locator('.uplot')).toBeVisible();
    // 30 of 150 samples of the newer version are in a function that the older one does not have.
    await expect(flameGraph.table).toContainText('payments.MarshalJSON');
    await picture(page, `compare-${theme}`);
    expect(await axeViolations(page, { except: ['[data-testid="flamegraph-graph"]'] })).toEqual([]);

    await page.getByRole('button', { name: 'Swap sides' }).click();
    await expect(page).toHaveURL(/comparison-selector=[^&]*v1\.4\.2/);
    await flameGraph.expectPainted();
    await expect(flameGraph.table).toContainText('payments.MarshalJSON');
  });
}

test('a part that is dragged over is compared', async ({ page }) => {
  await page.goto(`${APP}/compare?${VERSIONS}`);
  const comparison = page.getByRole('region', { name: 'Comparison', exact: true });
  const plot = comparison.locator('.u-over');
  await expect(plot).toBeVisible({ timeout: 20_000 });
  const box = await plot.boundingBox();
  if (!box) {
    throw new Error('The series is not on the page.');
  }
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.5, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.9, y, { steps: 5 });
  await page.mouse.up();
  await expect(page).toHaveURL(/comparison-part=\d+-\d+/);
  await new FlameGraphOnPage(page).expectPainted();
});

test('services and explore lead to a comparison', async ({ page }) => {
  await page.goto(`${APP}/services`);
  await page.getByRole('link', { name: 'Compare order-service with the time before' }).click({ timeout: 20_000 });
  await expect(page).toHaveURL(/\/compare\?.*baseline-from=now-2h/);
  await page.goto(`${APP}/explore?from=now-30m&to=now`);
  await page.getByRole('link', { name: 'Compare with before' }).click({ timeout: 20_000 });
  await expect(page).toHaveURL(/\/compare\?.*baseline-from=now-1h/);
});
