import { readFile } from 'node:fs/promises';

import type { Page } from '@playwright/test';

import { FlameGraphOnPage } from './stand/flameGraph';
import { openInExplore, shownPart } from './stand/openInExplore';
import { expect, test } from './stand/test';

const PAGE = process.env.FLAMEWATCH_PAGE ?? '';

const isWhole = async (page: Page) => (await shownPart(page)).width > 0.98;

async function middleOf(flameGraph: FlameGraphOnPage) {
  const box = (await flameGraph.graph.boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + 50, width: box.width };
}

test('wheel: zooms about the pointer with Ctrl, pans with Shift', async ({ page }) => {
  const flameGraph = await openInExplore(page);
  const { x, y } = await middleOf(flameGraph);
  await page.mouse.move(x, y);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -400);
  await page.keyboard.up('Control');
  await expect.poll(async () => (await shownPart(page)).width).toBeLessThan(0.6);
  const zoomed = await shownPart(page);
  expect(zoomed.left + zoomed.width / 2).toBeCloseTo(0.5, 1);
  await page.keyboard.down('Shift');
  await page.mouse.wheel(0, 200);
  await page.keyboard.up('Shift');
  await expect.poll(async () => (await shownPart(page)).left).toBeGreaterThan(zoomed.left + 0.01);
  await page.getByRole('button', { name: 'Show the whole profile' }).click();
  await expect.poll(() => isWhole(page)).toBe(true);
});

test('drag: pans; with Shift a range fills the width', async ({ page }) => {
  const flameGraph = await openInExplore(page);
  const { x, y, width } = await middleOf(flameGraph);
  await page.keyboard.down('Shift');
  await page.mouse.move(x - width * 0.25, y);
  await page.mouse.down();
  await page.mouse.move(x, y, { steps: 5 });
  await page.mouse.move(x + width * 0.25, y, { steps: 5 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await expect.poll(async () => Math.round((await shownPart(page)).width * 10)).toBe(5);
  const brushed = await shownPart(page);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.2, y, { steps: 5 });
  await page.mouse.up();
  await expect.poll(async () => (await shownPart(page)).left).toBeLessThan(brushed.left - 0.05);
  // The click that ends a drag opens no menu.
  await expect(page.getByRole('menu')).toBeHidden();
});

test('keys: walk, focus, zoom, list themselves, go back', async ({ page }) => {
  const { graph, breadcrumbs } = await openInExplore(page);
  await graph.focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter']) {
    await page.keyboard.press(key);
  }
  await expect(breadcrumbs).toContainText('serve');
  await expect(graph).toHaveAccessibleDescription(/net\/http.*serve, Total .*, Share of all/);
  await page.keyboard.press('Backspace');
  await expect(breadcrumbs).not.toContainText('serve');
  await page.keyboard.press('Escape');
  await expect(breadcrumbs).toBeHidden();
  await page.keyboard.press('+');
  await expect.poll(async () => (await shownPart(page)).width).toBeLessThan(0.7);
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('Zoom about the pointer');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('menu: callers and callees, and back by the chip', async ({ page }) => {
  const flameGraph = await openInExplore(page);
  await flameGraph.click(3, 0.6);
  await page.getByRole('menuitem', { name: 'Callers and callees' }).click();
  await expect(page.getByRole('application', { name: /^Callers of/ })).toBeVisible();
  await expect(page.getByRole('application', { name: /^Callees of/ })).toBeVisible();
  await page.getByRole('list', { name: 'Filters' }).getByRole('button').first().click();
  await expect(page.getByRole('application', { name: /^Flame graph/ })).toBeVisible();
});

test('menu: the way to Explore has the function in its query', async ({ page }) => {
  const flameGraph = await openInExplore(page);
  await flameGraph.click(3, 0.6);
  const link = page.getByRole('menuitem', { name: 'Open in Explore with this function' });
  expect(decodeURIComponent((await link.getAttribute('href'))!)).toMatch(/function[+ ]\\?"\^httpapi/);
});

test('invert: functions on top, by key and by chip', async ({ page }) => {
  const { graph } = await openInExplore(page);
  await graph.press('i');
  await expect(page.getByRole('application', { name: /^Inverted flame graph/ })).toBeVisible();
  await page.getByRole('list', { name: 'Filters' }).getByRole('button').first().click();
  await expect(page.getByRole('application', { name: /^Flame graph/ })).toBeVisible();
});

test('hide: the function goes, its callees stay', async ({ page }) => {
  const flameGraph = await openInExplore(page);
  await flameGraph.click(3, 0.6);
  await page.getByRole('menuitem', { name: 'Hide this function' }).click();
  await expect(flameGraph.table).not.toContainText('PlaceOrder');
  await expect(flameGraph.table).toContainText('walkDiscounts');
});

const FILES: Array<[label: RegExp, name: RegExp, content: RegExp]> = [
  [/^PNG/, /\.png$/, /^\uFFFDPNG/],
  [/^SVG/, /\.svg$/, /^<svg [^>]*>[^]*walkDiscounts/],
  [/^Call graph/, /-calls\.svg$/, /^<svg [^>]*>[^]*walkDiscounts/],
  [/^CSV/, /\.csv$/, /^function,self,total,share,frames\r\n"pricing\.walkDiscounts"/],
  [/^pprof/, /\.pb$/, /walkDiscounts/],
  [/^Collapsed/, /\.txt$/, /serve;httpapi\.\(\*API\)\.PlaceOrder;pricing\.walkDiscounts \d+/],
  [/^speedscope/, /\.json$/, /"\$schema":\s*"https:\/\/www\.speedscope\.app/],
];

test('exports: every kind of file', async ({ page }) => {
  await openInExplore(page);
  for (const [label, name, content] of FILES) {
    await page.getByRole('button', { name: 'Export' }).click();
    const waiting = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: label }).first().click();
    const download = await waiting;
    expect(download.suggestedFilename()).toMatch(name);
    expect(await readFile(await download.path(), 'utf8')).toMatch(content);
  }
});

test('views: calls, stacks and call graph of the same profile', async ({ page }) => {
  const flameGraph = await openInExplore(page);
  await flameGraph.click(3, 0.6);
  await page.getByRole('menuitem', { name: 'Table of its calls' }).click();
  await expect(page.getByRole('table', { name: /^Callers and callees of httpapi/ })).toContainText('serializeOrder');
  await page.getByRole('radio', { name: 'Stacks' }).check({ force: true });
  await expect(page.getByRole('region', { name: 'Heaviest stacks' })).toContainText('pricing.walkDiscounts');
  await page.getByRole('radio', { name: 'Call graph' }).check({ force: true });
  await expect(page.getByRole('button', { name: /^pricing\.walkDiscounts, / })).toBeVisible();
});

test('the state of a dashboard’s panel is in its address', async ({ page }) => {
  await page.goto(`${PAGE}/d/flamewatch-service-profile`);
  const flameGraph = new FlameGraphOnPage(page);
  await flameGraph.expectPainted();
  await flameGraph.search.fill('walkDiscounts');
  await expect(page).toHaveURL(/walkDiscounts/);
  await page.reload();
  await flameGraph.expectPainted();
  await expect(flameGraph.search).toHaveValue('walkDiscounts');
});
