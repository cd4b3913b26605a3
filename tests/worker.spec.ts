import type { Page } from '@playwright/test';

import { FlameGraphOnPage } from './stand/flameGraph';
import { answerWith, largeProfile } from './stand/largeProfile';
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
