import type { Locator, Page } from '@playwright/test';

import { axeViolations, GRAFANAS_OWN } from './stand/axe';
import { FlameGraphOnPage } from './stand/flameGraph';
import { expect, test } from './stand/test';

const PAGE = process.env.FLAMEWATCH_PAGE ?? '';

for (const theme of ['dark', 'light'] as const) {
  test(`axe finds nothing wrong with the flame graph in a dashboard, ${theme}`, async ({ page }) => {
    // Axe looks at the whole page six times.
    test.setTimeout(180_000);
    await page.setViewportSize({ width: 1400, height: 1200 });
    await page.goto(`${PAGE}/d/flamewatch-service-profile?theme=${theme}`);
    const flameGraph = new FlameGraphOnPage(page);
    await flameGraph.expectPainted();
    const all: string[] = [];
    const table = page.getByRole('table', { name: 'Functions' });
    const shows: Array<[name: string, content: Locator]> = [
      ['Table', table],
      ['Flame graph', flameGraph.graph],
      ['Both', table],
      ['Calls', page.getByRole('table', { name: /^Callers and callees of/ })],
      ['Stacks', page.getByRole('region', { name: 'Heaviest stacks' })],
      ['Call graph', page.getByRole('button', { name: /^pricing\.walkDiscounts, / })],
    ];
    for (const [name, content] of shows) {
      await page.getByRole('radio', { name, exact: true }).check({ force: true });
      await expect(content).toBeVisible();
      const found = await axeViolations(page, { except: GRAFANAS_OWN });
      all.push(...found.map((violation) => `${name}: ${violation}`));
    }
    expect(all).toEqual([]);
  });
}

const APP = '/a/flamewatch-profiles-app';

/** Pages that are looked at whole, with what they show when they are ready. */
const PAGES: Array<[path: string, ready: (page: Page) => Locator]> = [
  [`${APP}/services?`, (page) => page.getByRole('link', { name: 'order-service' })],
  [
    `${APP}/explore?var-service=order-service&from=now-30m&to=now&`,
    (page) => page.getByRole('table', { name: 'Functions' }),
  ],
  [`${APP}/runbooks?`, (page) => page.getByRole('link', { name: 'Memory leak' })],
  [`${APP}/setup?`, (page) => page.getByText('Waiting for the first profile of my-service')],
  [`${APP}/learn?`, (page) => page.getByRole('link', { name: 'Reading a flame graph' })],
  [`${APP}/learn/overhead?`, (page) => page.getByRole('table')],
  [`${APP}/coverage?`, (page) => page.getByRole('region', { name: 'order-service' })],
  [`${APP}/diagnostics?`, (page) => page.getByText('Copy for a bug report')],
  [`${APP}/traces?`, (page) => page.getByRole('heading', { name: 'Traces and profiles' })],
  ['/plugins/flamewatch-profiles-app?', (page) => page.getByRole('heading', { name: 'Runbooks' })],
  ['/connections/datasources/edit/flamewatch?', (page) => page.getByRole('button', { name: 'Save & test' })],
];

for (const theme of ['dark', 'light'] as const) {
  test(`axe finds nothing wrong with the other pages, ${theme}`, async ({ page }) => {
    test.setTimeout(180_000);
    const all: string[] = [];
    for (const [path, ready] of PAGES) {
      await page.goto(`${PAGE}${path}theme=${theme}`);
      await expect(ready(page).first(), path).toBeVisible({ timeout: 20_000 });
      // The sections of Grafana's configuration components begin with a heading of the third level.
      const withoutRules = path.startsWith('/connections') ? ['heading-order'] : [];
      const found = await axeViolations(page, { except: GRAFANAS_OWN, withoutRules });
      all.push(...found.map((violation) => `${path}: ${violation}`));
    }
    expect(all).toEqual([]);
  });
}
