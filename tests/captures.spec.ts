import { readFile } from 'node:fs/promises';

import { axeViolations } from './stand/axe';
import { FlameGraphOnPage } from './stand/flameGraph';
import { expect, picture, test } from './stand/test';

const PAGE = process.env.FLAMEWATCH_PAGE ?? '';
const CAPTURES = `${PAGE}/a/flamewatch-profiles-app/captures`;

for (const theme of ['dark', 'light'] as const) {
  test(`a profile is captured, drawn, downloaded, kept and found again, ${theme}`, async ({ page }) => {
    await page.goto(`${CAPTURES}?service=warehouse-service&type=goroutine&theme=${theme}`);
    await expect(page.getByLabel('Target')).toHaveValue('Warehouse');
    await expect(page.getByLabel('Profile', { exact: true })).toHaveValue('Goroutines');
    await page.getByRole('button', { name: 'Capture', exact: true }).click();
    const flameGraph = new FlameGraphOnPage(page);
    await flameGraph.expectPainted();
    await expect(flameGraph.table).toContainText('warehouseservice');
    await expect(page.getByLabel('Measured')).toHaveValue('Goroutines alive');
    await picture(page, `captures-${theme}`);
    // The button's colours are on their way from those of a disabled one.
    const except = ['[data-testid="flamegraph-graph"]', 'button[type="submit"]'];
    expect(await axeViolations(page, { except })).toEqual([]);

    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toMatch(/^warehouse-goroutine-.*\.pb\.gz$/);
    const file = await readFile(await saved.path());
    expect([...file.subarray(0, 2)]).toEqual([0x1f, 0x8b]);

    await page.getByRole('button', { name: 'Keep' }).click();
    const dialog = page.getByRole('dialog', { name: 'Keep the capture' });
    await expect(dialog.getByLabel('Service')).toHaveValue('captures/warehouse-service');
    await dialog.getByLabel('Service').fill(`captures/${theme}`);
    await dialog.getByRole('button', { name: 'Keep' }).click();
    const kept = page.getByRole('region', { name: 'Kept captures' });
    await kept.getByRole('button', { name: new RegExp(`^captures/${theme} · goroutine`) }).click();
    await flameGraph.expectPainted();
    await expect(flameGraph.table).toContainText('warehouseservice');
  });
}

test('two takes are compared, and a capture is cancelled', async ({ page }) => {
  await page.goto(`${CAPTURES}?target=warehouse&type=goroutine`);
  await page.getByLabel('How', { exact: true }).click();
  await page.getByRole('option', { name: /^Before and after/ }).click();
  await page.getByLabel('Seconds').fill('1');
  await page.getByRole('button', { name: 'Capture', exact: true }).click();
  const flameGraph = new FlameGraphOnPage(page);
  await expect(flameGraph.table).toContainText('warehouseservice');
  await expect(page.getByLabel('Compare with')).toHaveValue(/before/);
  await expect(flameGraph.table).toContainText('Comparison');

  await page.getByLabel('Profile', { exact: true }).click();
  await page.getByRole('option', { name: /^CPU/ }).click();
  await page.getByLabel('How', { exact: true }).click();
  await page.getByRole('option', { name: /^Once/ }).click();
  await page.getByLabel('Seconds').fill('60');
  await page.getByRole('button', { name: 'Capture', exact: true }).click();
  const progress = page.getByRole('status').filter({ hasText: 'CPU' });
  await expect(progress).toContainText('/60 s');
  await progress.getByRole('button', { name: 'Cancel' }).click();
  await expect(progress).toBeHidden();
  // The program was let go: it can be asked again at once.
  await page.getByLabel('Seconds').fill('1');
  await page.getByRole('button', { name: 'Capture', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Captures of this page' })).toContainText('CPU, 1 s');
});

test('an execution trace is for downloading', async ({ page }) => {
  await page.goto(`${CAPTURES}?target=warehouse&type=trace`);
  await page.getByLabel('Seconds').fill('1');
  await page.getByRole('button', { name: 'Capture', exact: true }).click();
  await expect(page.getByText('go tool trace FILE')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Keep' })).toBeHidden();
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  expect((await saving).suggestedFilename()).toMatch(/\.trace$/);
});

test('memory is captured, and held against the continuous profile of its service', async ({ page }) => {
  await page.goto(`${CAPTURES}?target=warehouse&type=heap`);
  const capture = page.getByRole('button', { name: 'Capture', exact: true });
  await capture.click();
  const flameGraph = new FlameGraphOnPage(page);
  await flameGraph.expectPainted();
  await expect(page.getByLabel('Measured')).toHaveValue(/Memory in use/);
  // Kept under the service itself, it is what a continuous profiler would have sent.
  await page.getByRole('button', { name: 'Keep' }).click();
  const dialog = page.getByRole('dialog', { name: 'Keep the capture' });
  await dialog.getByLabel('Service').fill('warehouse-service');
  await dialog.getByRole('button', { name: 'Keep' }).click();
  await expect(dialog).toBeHidden();

  // The server takes the second in which a profile was taken for the past only when it is over.
  await page.waitForTimeout(1500);
  await page.reload();
  await capture.click();
  await flameGraph.expectPainted();
  await page.getByLabel('Compare with').click();
  await page.getByRole('option', { name: /^Continuous profile of warehouse-service/ }).click();
  await expect(flameGraph.table).toContainText('Comparison');
  await flameGraph.expectPainted();
});

test('a usual problem of a control plane is one click', async ({ page }) => {
  await page.goto(`${CAPTURES}?target=scheduler`);
  // As many as the target allows.
  await expect(page.getByLabel('Seconds')).toHaveValue('1', { timeout: 20_000 });
  const scenarios = page.getByRole('region', { name: 'Control plane' });
  await expect(scenarios.getByRole('button', { name: 'etcd takes memory' })).toBeDisabled({ timeout: 20_000 });
  await scenarios.getByRole('button', { name: 'Scheduler’s queue grows' }).click();
  await expect(scenarios.getByText('Block needs --contention-profiling')).toBeVisible();
  const made = page.getByRole('region', { name: 'Captures of this page' });
  for (const profile of ['CPU, 1 s', 'Goroutines', 'Block, what was added']) {
    await expect(made).toContainText(profile, { timeout: 20_000 });
  }
  await new FlameGraphOnPage(page).expectPainted();
});

test('goroutines as text are drawn', async ({ page }) => {
  await page.goto(`${CAPTURES}?target=warehouse&type=goroutine-dump`);
  await page.getByRole('button', { name: 'Capture', exact: true }).click();
  const flameGraph = new FlameGraphOnPage(page);
  await flameGraph.expectPainted();
  await expect(flameGraph.table).toContainText('picking');
});

test('a runbook leads to the capture of its service', async ({ page }) => {
  await page.goto(`${PAGE}/a/flamewatch-profiles-app/runbooks/goroutine-leak?var-service=warehouse-service`);
  await page.getByRole('link', { name: 'Goroutine dump' }).click({ timeout: 20_000 });
  await expect(page.getByLabel('Target')).toHaveValue('Warehouse');
  await expect(page.getByLabel('Profile', { exact: true })).toHaveValue('Goroutines');
  await page.getByRole('button', { name: 'Capture', exact: true }).click();
  await new FlameGraphOnPage(page).expectPainted();
});
