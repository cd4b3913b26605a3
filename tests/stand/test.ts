import { writeFile } from 'node:fs/promises';

import { expect, test as base, type Page } from '@playwright/test';

/** The theme of a test's pages. */
export type Theme = 'dark' | 'light';

interface Fixtures {
  /** What the page may complain about in this test; everything else fails it. */
  expectedFault: RegExp;
  faults: string[];
}

/** A picture of the page; Playwright's own way waits for a GPU that headless machines do not have. */
async function capture(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'png' });
  await session.detach();
  return Buffer.from(data, 'base64');
}

/**
 * Playwright's test, which fails also when the page throws, writes an error to the console or gets an error instead of a
 * file. A failed test has a picture of the page attached.
 */
export const test = base.extend<Fixtures>({
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
