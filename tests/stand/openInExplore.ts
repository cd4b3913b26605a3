import type { Page } from '@playwright/test';

import { FlameGraphOnPage } from './flameGraph';

const PAGE = process.env.FLAMEWATCH_PAGE ?? '';

/** Path and query of Explore with one query, by default of the last half hour. */
export function explorePath(query: object, { theme = 'dark', range = { from: 'now-30m', to: 'now' } } = {}): string {
  const panes = { a: { datasource: 'flamewatch', queries: [{ refId: 'A', ...query }], range } };
  return `/explore?theme=${theme}&panes=${encodeURIComponent(JSON.stringify(panes))}`;
}

/** A query for the CPU profile of what the selector matches. */
export function cpuProfile(labelSelector: string) {
  return {
    queryType: 'profile',
    profileTypeId: 'process_cpu:cpu:nanoseconds:cpu:nanoseconds',
    labelSelector,
    groupBy: [],
  };
}

export const NEWER_VERSION = '{service_name="order-service", version="v1.4.3"}';

/** Opens the newer version's CPU profile in Explore. */
export async function openInExplore(page: Page): Promise<FlameGraphOnPage> {
  await page.goto(PAGE + explorePath(cpuProfile(NEWER_VERSION)));
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
