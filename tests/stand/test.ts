import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, test as base, type BrowserContext, type Page } from '@playwright/test';

interface Fixtures {
  /** What the page may complain about in this test; everything else fails it. */
  expectedFault: RegExp;
  faults: string[];
}

interface WorkerFixtures {
  /** One browser for all tests. */
  keptContext: BrowserContext;
}

/** A picture of the page; Playwright's own way waits for a GPU that headless machines do not have. */
async function capture(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'png' });
  await session.detach();
  return Buffer.from(data, 'base64');
}

/** Takes away what a test left in the browser, except for compiled scripts. */
async function tidy(context: BrowserContext) {
  // Without any page the browser would end.
  await context.newPage();
  for (const page of context.pages().slice(0, -1)) {
    await page.evaluate(() => localStorage.clear()).catch(() => undefined);
    await page.close();
  }
  await context.unrouteAll({ behavior: 'ignoreErrors' });
  await context.clearCookies();
}

/**
 * Playwright's test, which fails also when the page throws, writes an error to the console or gets an error instead of a
 * file. A failed test has a picture of the page attached.
 */
export const test = base.extend<Fixtures, WorkerFixtures>({
  // In a context of its own every test would compile nine megabytes of Grafana anew, which takes longer than most tests;
  // the browser keeps compiled scripts only with a folder to keep them in.
  keptContext: [
    async ({ playwright }, use, { project }) => {
      const folder = await mkdtemp(path.join(tmpdir(), 'flamewatch-browser-'));
      const { viewport, launchOptions } = project.use;
      const context = await playwright.chromium.launchPersistentContext(folder, { viewport, ...launchOptions });
      await use(context);
      await context.close();
      await rm(folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  context: async ({ keptContext }, use) => {
    await use(keptContext);
    await tidy(keptContext);
  },
  expectedFault: [/^(?!)/, { option: true }],
  faults: [
    async ({ page, expectedFault }, use, testInfo) => {
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(`thrown: ${error.stack ?? error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error') {
          faults.push(`console: ${message.text()}`);
        }
      });
      page.on('response', (response) => {
        if (response.status() >= 400) {
          faults.push(`answered ${response.status()}: ${response.url()}`);
        }
      });
      await use(faults);
      if (testInfo.status !== testInfo.expectedStatus && !page.isClosed()) {
        await picture(page, 'page-at-failure');
      }
      const unexpected = faults.filter((fault) => !expectedFault.test(fault));
      expect(unexpected).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Puts a picture of the page beside the test's result, for the eye. */
export async function picture(page: Page, name: string) {
  const file = test.info().outputPath(`${name}.png`);
  await writeFile(file, await capture(page));
  await test.info().attach(name, { path: file, contentType: 'image/png' });
}
