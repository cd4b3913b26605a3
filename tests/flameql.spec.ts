import type { Page } from '@playwright/test';

import { FlameGraphOnPage } from './stand/flameGraph';
import { explorePath } from './stand/openInExplore';
import { expect, picture, test } from './stand/test';

const PAGE = process.env.FLAMEWATCH_PAGE ?? '';

async function open(page: Page, query: object, theme = 'dark') {
  await page.goto(PAGE + explorePath(query, { theme }));
}

/** The text of a query as it is edited. */
const field = (page: Page) => page.getByRole('textbox', { name: 'Query', exact: true });
const choices = (page: Page) => page.locator('.cm-tooltip-autocomplete');
/** Puts a text in the place of the query, as the clipboard would. */
async function paste(page: Page, text: string) {
  await field(page).click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.evaluate((content) => {
    const pasted = new DataTransfer();
    pasted.setData('text/plain', content);
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: pasted, bubbles: true }));
  }, text);
}

const form = (page: Page, name: 'Builder' | 'Code') => page.getByRole('radio', { name }).click({ force: true });

for (const theme of ['dark', 'light'] as const) {
  test(`a query of two versions is a diff, ${theme}`, async ({ page }) => {
    const flameql = 'cpu{service_name="order-service", version="v1.4.3"} vs {version="v1.4.2"}';
    await open(page, { queryType: 'diff', flameql, editorMode: 'code' }, theme);
    const flameGraph = new FlameGraphOnPage(page);
    await flameGraph.expectPainted();
    // Marshalling is in the newer version only, which is what is looked at.
    await expect(flameGraph.table.getByRole('row').filter({ hasText: /new/ })).toHaveCount(1);
    await page.getByText('Explain').click();
    await expect(page.getByTestId('query-explanation')).toHaveText(
      'Time on CPU of profiles where service_name is "order-service" and version is "v1.4.3", ' +
        'compared with the same where version is "v1.4.2", by share of each side.'
    );
    await picture(page, `flameql-diff-${theme}`);
  });

  test(`typing, completion and faults, ${theme}`, async ({ page }) => {
    await open(page, { queryType: 'profile', flameql: 'cpu', editorMode: 'code' }, theme);
    await new FlameGraphOnPage(page).expectPainted();
    await field(page).click();
    await page.keyboard.press('End');
    await page.keyboard.type('{serv');
    await choices(page).getByRole('option', { name: 'service_name' }).click();
    await page.keyboard.type('="');
    await expect(choices(page).getByRole('option', { name: 'order-service' })).toBeVisible();
    await picture(page, `flameql-completion-${theme}`);
    await choices(page).getByRole('option', { name: 'order-service' }).click();
    await expect(field(page)).toHaveText('cpu{service_name="order-service"}');

    // The caret stands behind the value; only versions of that service are offered, the next one behind the bar.
    await page.keyboard.type(', version=~v');
    const fault = page.locator('.cm-lintRange-error');
    await expect(fault).toHaveText('v');
    await expect(page.getByRole('alert')).toContainText('Expected a value in quotes, found "v"');
    await picture(page, `flameql-fault-${theme}`);
    await page.keyboard.press('Backspace');
    await page.keyboard.type('"v1.4.2|');
    await choices(page).getByRole('option', { name: 'v1.4.3' }).click();
    await expect(fault).toHaveCount(0);
    await expect(field(page)).toHaveText('cpu{service_name="order-service", version=~`v1.4.2|v1\\.4\\.3`}');
  });
}

test('functions of the answer are offered behind a keyword', async ({ page }) => {
  await open(page, { queryType: 'profile', flameql: 'cpu{service_name="order-service"} ', editorMode: 'code' });
  await new FlameGraphOnPage(page).expectPainted();
  await field(page).click();
  await page.keyboard.press('End');
  await page.keyboard.type('foc');
  await choices(page)
    .getByRole('option', { name: /^focus/ })
    .click();
  await page.keyboard.type('"walkD');
  await choices(page).getByRole('option', { name: 'pricing.walkDiscounts' }).click();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(field(page)).toHaveText('cpu{service_name="order-service"} focus `^pricing\\.walkDiscounts$`');
  const flameGraph = new FlameGraphOnPage(page);
  await expect(flameGraph.table).not.toContainText('auth.hashKey');
  await expect(flameGraph.table).toContainText('walkDiscounts');
});

test('a query is formatted by key and button, and a text with a fault is not lost', async ({ page }) => {
  await open(page, { queryType: 'profile', flameql: 'cpu  { service_name = "order-service", }', editorMode: 'code' });
  await field(page).click();
  await page.keyboard.press('Shift+Alt+F');
  await expect(field(page)).toHaveText('cpu{service_name="order-service"}');
  await page.keyboard.press('End');
  await page.keyboard.type('  vs   offset 60m');
  await page.getByRole('button', { name: 'Format' }).click();
  await expect(field(page)).toHaveText('cpu{service_name="order-service"} vs offset 1h');

  await field(page).click();
  await page.keyboard.press('End');
  await page.keyboard.type(' by (');
  await form(page, 'Builder');
  await expect(page.getByText('The builder cannot show this query')).toBeVisible();
  await expect(field(page)).toHaveText('cpu{service_name="order-service"} vs offset 1h by ()');
});

test.describe('a fault', () => {
  test.use({ expectedFault: /answered 400: .*\/api\/ds\/query|status of 400/ });

  test('that is run is told with its place', async ({ page }) => {
    await open(page, { queryType: 'profile', flameql: 'cpu{pod=a}', editorMode: 'code' });
    await expect(page.getByRole('alert').filter({ hasText: 'Query A failed' })).toContainText('line 1, column 9');
    await expect(field(page)).toHaveText('cpu{pod=a}');
  });

  test('of a megabyte does not freeze the page', async ({ page }) => {
    await open(page, { queryType: 'profile', flameql: 'cpu', editorMode: 'code' });
    await new FlameGraphOnPage(page).expectPainted();
    await paste(page, `{pod=~"${'order-service-a|'.repeat(1 << 16)}"}`);
    await expect(page.getByText('Expected a query of at most 65536 characters')).toBeVisible();
    await page.keyboard.press('ControlOrMeta+Z');
    await expect(field(page)).toHaveText('cpu');
  });
});

test('a pasted URL of Pyroscope becomes a query', async ({ page }) => {
  await open(page, { queryType: 'profile', flameql: 'cpu', editorMode: 'code' });
  await new FlameGraphOnPage(page).expectPainted();
  const query = encodeURIComponent('order-service.cpu{version="v1.4.2"}');
  await paste(page, `http://pyroscope:4040/render?query=${query}&from=now-1h&until=now&format=json`);
  await expect(field(page)).toHaveText('cpu{service_name="order-service", version="v1.4.2"} @[now-1h, now]');
});

test('a builder query goes to text and back, and is compared with the previous version', async ({ page }) => {
  await open(page, {
    queryType: 'profile',
    profileTypeId: 'process_cpu:cpu:nanoseconds:cpu:nanoseconds',
    labelSelector: '{service_name="order-service"}',
    groupBy: [],
  });
  const flameGraph = new FlameGraphOnPage(page);
  await flameGraph.expectPainted();
  await form(page, 'Code');
  await expect(field(page)).toHaveText('process_cpu:cpu:nanoseconds:cpu:nanoseconds{service_name="order-service"}');
  await form(page, 'Builder');
  await expect(page.getByRole('group', { name: 'Label filters' }).getByRole('combobox').last()).toHaveValue(
    'order-service'
  );
  await page.getByRole('button', { name: 'Compare with…' }).click();
  await page.getByRole('menuitem', { name: 'Previous version of this service' }).click();
  await expect(page.getByRole('group', { name: 'Compared with' }).getByRole('combobox').nth(2)).toHaveValue('v1.4.2');
  await expect(flameGraph.table.getByRole('row').filter({ hasText: /new/ })).toHaveCount(1);
  await picture(page, 'flameql-builder-diff');
  await form(page, 'Code');
  await expect(field(page)).toHaveText(
    'process_cpu:cpu:nanoseconds:cpu:nanoseconds{service_name="order-service", version="v1.4.3"} vs {version="v1.4.2"}'
  );
});
