import AxeBuilder from '@axe-core/playwright';
import type { Locator } from '@playwright/test';

import { FlameGraphOnPage } from './stand/flameGraph';
import { expect, test } from './stand/test';

const PAGE = process.env.FLAMEWATCH_PAGE ?? '';

/**
 * Parts of Grafana's packages, which this project draws with but cannot change: its refresh picker, its table, and the
 * switch of a dashboard's annotations.
 */
const GRAFANAS_OWN = [
  '[data-testid="data-testid RefreshPicker run button"]',
  '.scrollbar-view',
  'input[id^="data-layer-"]',
];

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
      const axe = GRAFANAS_OWN.reduce((builder, part) => builder.exclude(part), new AxeBuilder({ page }));
      const { violations } = await axe.analyze();
      const found = violations.map(
        ({ id, nodes }) => `${name}: ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`
      );
      all.push(...found);
    }
    expect(all).toEqual([]);
  });
}
