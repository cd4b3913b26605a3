import type { Page } from '@playwright/test';

import { FlameGraphOnPage } from './flameGraph';

const PAGE = process.env.FLAMEWATCH_PAGE ?? '';

/** Opens the newer version's CPU profile in Explore. */
export async function openInExplore(page: Page): Promise<FlameGraphOnPage> {
  const query = {
    refId: 'A',
    queryType: 'profile',
    profileTypeId: 'process_cpu:cpu:nanoseconds:cpu:nanoseconds',
    labelSelector: '{service_name="order-service", version="v1.4.3"}',
    groupBy: [],
  };
  const panes = { a: { datasource: 'flamewatch', queries: [query], range: { from: 'now-30m', to: 'now' } } };
  await page.goto(`${PAGE}/explore?panes=${encodeURIComponent(JSON.stringify(panes))}`);
  const flameGraph = new FlameGraphOnPage(page);
  await flameGraph.expectPainted();
  await flameGraph.graph.scrollIntoViewIfNeeded();
  return flameGraph;
}

/** What the graph shows, as its own minimap tells: left and right edge in percent of the width. */
export async function shownPart(page: Page): Promise<{ left: number; width: number }> {
  const style = await page
    .getByTestId('flamegraph-minimap')
    .locator('div')
    .evaluate((element: HTMLElement) => {
      const whole = element.parentElement!.getBoundingClientRect();
      const part = element.getBoundingClientRect();
      return { left: (part.left - whole.left) / whole.width, width: part.width / whole.width };
    });
  return style;
}
