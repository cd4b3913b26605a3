import { axeViolations } from './stand/axe';
import { FlameGraphOnPage } from './stand/flameGraph';
import { expect, picture, test } from './stand/test';

const PAGE = process.env.FLAMEWATCH_PAGE ?? '';
const APP = `${PAGE}/a/flamewatch-profiles-app`;
const SETTINGS = `${PAGE}/api/plugins/flamewatch-profiles-app/settings`;

/** What an alert rule's annotation makes of itself: the range that it looked at, in absolute times. */
const alertsLink = (slug: string, more: Record<string, string> = {}) => {
  const now = Date.now();
  const params = new URLSearchParams({
    'var-ds': 'flamewatch',
    'var-service': 'order-service',
    'var-profileType': 'process_cpu:cpu:nanoseconds:cpu:nanoseconds',
    from: String(now - 15 * 60_000),
    to: String(now),
    ...more,
  });
  return `${APP}/runbooks/${slug}?${params}`;
};

for (const theme of ['dark', 'light'] as const) {
  test(`an alert’s link opens the runbook with the diff drawn, ${theme}`, async ({ page }) => {
    await page.goto(
      alertsLink('cpu-regression-after-deploy', {
        version: 'v1.4.3',
        baselineVersion: 'v1.4.2',
        'var-function': 'payments.MarshalJSON',
        theme,
      })
    );
    await expect(page.getByText(/Version v1\.4\.3 is compared with v1\.4\.2/)).toBeVisible({ timeout: 20_000 });
    const flameGraph = new FlameGraphOnPage(page);
    await flameGraph.expectPainted();
    await expect(flameGraph.table).toContainText('payments.MarshalJSON');
    await expect(page.getByText('kubectl -n shop rollout undo deployment/order-service')).toBeVisible();
    await picture(page, `runbook-${theme}`);
    const except = ['[data-testid="flamegraph-graph"]', '[data-testid="data-testid panel content"]'];
    expect(await axeViolations(page, { within: 'article', except })).toEqual([]);
  });
}

test('the list leads to a runbook, and an unknown address to near ones', async ({ page }) => {
  await page.goto(`${APP}/runbooks`);
  await page.getByRole('link', { name: 'Memory leak' }).click({ timeout: 20_000 });
  await expect(page.getByRole('heading', { name: 'Capture before a restart' })).toBeVisible();
  await page.goto(`${APP}/runbooks/memory-leek?var-service=order-service`);
  await page.getByRole('link', { name: 'Memory leak' }).last().click({ timeout: 20_000 });
  await expect(page).toHaveURL(/\/runbooks\/memory-leak\?var-service=order-service/);
});

test('a runbook of the settings is shown, a broken block in its place', async ({ page, request }) => {
  const before = await (await request.get(SETTINGS)).json();
  const markdown = [
    '---',
    'title: Payments queue',
    'summary: The queue grows.',
    '---',
    '- [ ] Look at {{service}}',
    '',
    '```flamewatch sereis',
    '```',
    '',
    '<img src=x onerror="document.title=1">',
    '',
    '```flamewatch series',
    'type: cpu',
    '```',
  ].join('\n');
  const jsonData = { ...before.jsonData, runbooks: [{ slug: 'payments-queue', markdown }] };
  await request.post(SETTINGS, { data: { enabled: true, pinned: true, jsonData } });
  try {
    await page.goto(alertsLink('payments-queue'));
    await expect(page.getByRole('heading', { name: 'Payments queue' }).first()).toBeVisible({ timeout: 20_000 });
    await expect(page.getByText('There is no block “sereis”. Did you mean “series”?').first()).toBeVisible();
    await expect(page.locator('article .uplot')).toBeVisible({ timeout: 20_000 });
    await expect(page.locator('article img')).toHaveCount(0);
    const step = page.getByRole('checkbox', { name: 'Look at order-service' });
    await step.check({ force: true });
    await page.reload();
    await expect(step).toBeChecked({ timeout: 20_000 });
  } finally {
    await request.post(SETTINGS, { data: { enabled: true, pinned: true, jsonData: before.jsonData } });
  }
});
