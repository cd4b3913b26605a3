import { stat } from 'node:fs/promises';

import type { Page } from '@playwright/test';

import { answerWith } from './stand/answerWith';
import { FlameGraphOnPage } from './stand/flameGraph';
import { largeProfile } from './stand/largeProfile';
import { expect, test } from './stand/test';

const PAGE = process.env.FLAMEWATCH_PAGE ?? '';
const SCRIPT = '/public/plugins/flamewatch-flamegraph-panel/flamegraph-worker.js';
/** More than enough to be worth a worker. */
const ROWS = 400_000;

test.describe('a large profile', () => {
  test.beforeEach(async ({ page }) => answerWith(page, largeProfile(ROWS)));

  test('is read in a worker from the panel’s own folder, which ends with the panel', async ({ page }) => {
    const script = page.waitForRequest((request) => new URL(request.url()).pathname === SCRIPT);
    await page.goto(`${PAGE}/explore`);
    expect((await (await script).response())?.status()).toBe(200);
    const flameGraph = new FlameGraphOnPage(page);
    await flameGraph.expectPainted();
    await expect(page.getByText(/400,000 frames|400000 frames/)).toBeVisible();

    await invert(page);
    await expect(page.getByRole('application', { name: /Inverted flame graph/ })).toBeVisible();
    expect(page.workers()).toHaveLength(1);

    await page.getByRole('link', { name: 'Services' }).first().click();
    await expect.poll(() => page.workers().length).toBe(0);
  });

  test('is read without a worker where a policy forbids it', async ({ page }) => {
    await page.addInitScript(() => {
      window.Worker = class {
        constructor() {
          throw new DOMException('blocked by a content security policy', 'SecurityError');
        }
      } as unknown as typeof Worker;
    });
    await page.goto(`${PAGE}/explore`);
    await new FlameGraphOnPage(page).expectPainted();
    await invert(page);
    await expect(page.getByRole('application', { name: /Inverted flame graph/ })).toBeVisible();
    expect(page.workers()).toHaveLength(0);
  });

  test('with hostile names and a hostile pattern does not freeze the page', async ({ page }) => {
    const names = Array.from({ length: 20_000 }, (_, at) => 'a'.repeat(2000) + at);
    await answerWith(page, { columns: largeProfile(20_000).columns, names });
    await page.goto(`${PAGE}/explore`);
    const flameGraph = new FlameGraphOnPage(page);
    await flameGraph.expectPainted();
    await page.getByRole('button', { name: 'Regular expression' }).click();
    await flameGraph.search.fill('(a+)+$');
    // The page answers while the worker is stuck, and the worker is ended.
    await page.getByRole('radio', { name: 'Table' }).check({ force: true });
    await expect(flameGraph.graph).toBeHidden();
    await expect(page.getByRole('search')).toContainText('takes too long');
    await expect.poll(() => page.workers().length).toBe(0);
    await flameGraph.search.fill('a+1$');
    await expect(page.getByRole('search')).not.toContainText('takes too long');
  });

  test('is exported by a worker of its own', async ({ page }) => {
    await page.goto(`${PAGE}/explore`);
    await new FlameGraphOnPage(page).expectPainted();
    const [before] = page.workers();
    await page.getByRole('button', { name: 'Export' }).click();
    const [started, download] = await Promise.all([
      page.waitForEvent('worker'),
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: /^pprof/ }).click(),
    ]);
    expect(new URL(started.url()).pathname).toBe(SCRIPT);
    const { size } = await stat(await download.path());
    expect(size).toBeGreaterThan(ROWS * 10);
    await expect.poll(() => page.workers()).toEqual([before]);
  });

  test('can be cancelled while it is rearranged', async ({ page }) => {
    await page.goto(`${PAGE}/explore`);
    await new FlameGraphOnPage(page).expectPainted();
    // A worker that hears nothing more never answers.
    await page.evaluate(() => {
      Worker.prototype.postMessage = () => undefined;
    });
    await invert(page);
    await page.getByRole('status').getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('progressbar')).toBeHidden();
    await expect(page.getByRole('application', { name: /^Flame graph/ })).toBeVisible();
  });
});

/** By its key: the popover with the switch would lie above what the tests press next. */
async function invert(page: Page) {
  await page.getByTestId('flamegraph-graph').press('i');
}
