import type { Page } from '@playwright/test';

import { answerWith } from './stand/answerWith';
import { FlameGraphOnPage } from './stand/flameGraph';
import { smallProfile } from './stand/smallProfile';
import { expect, test } from './stand/test';

const PAGE = process.env.FLAMEWATCH_PAGE ?? '';
const SIZE = { width: 640, height: 120 };

const SHOP = {
  'main.main;net/http.(*conn).serve;shop/orders.Place;shop/prices.walk;encoding/json.Marshal': 180,
  'main.main;net/http.(*conn).serve;shop/orders.Place;shop/prices.walk': 120,
  'main.main;net/http.(*conn).serve;shop/orders.Place;shop/auth.hash': 90,
  'main.main;net/http.(*conn).serve;shop/orders.List': 210,
  'runtime.gcBgMarkWorker;runtime.scanobject': 60,
  // Far more frames than pixels.
  ...Object.fromEntries(Array.from({ length: 1500 }, (_, at) => [`main.main;runtime.mcall;runtime.f${at}`, 0.1])),
};

const BEFORE_AND_AFTER = {
  'main.main;shop/orders.Place;shop/prices.walk': [100, 300],
  'main.main;shop/orders.Place;shop/auth.hash': [200, 80],
  'main.main;shop/orders.List': [150, 150],
  'main.main;shop/orders.gone': [60, 0],
  'main.main;shop/orders.fresh': [0, 70],
} as const;

/**
 * A picture of the graph alone, at a size and on a pixel of its own and without names: which fonts a machine has decides
 * neither.
 */
async function pictureOfGraph(page: Page): Promise<Buffer> {
  const graph = page.getByTestId('flamegraph-graph');
  await graph.scrollIntoViewIfNeeded();
  await page.mouse.move(0, 0);
  const at = await graph.evaluate(async (element: HTMLElement, { width, height }) => {
    element.style.cssText = `flex: none; outline: none; overflow: hidden; width: ${width}px; height: ${height}px`;
    element.scrollTop = 0;
    const { x, y } = element.getBoundingClientRect();
    element.style.translate = `${Math.ceil(x) - x}px ${Math.ceil(y) - y}px`;
    // The size is observed first, then zooms come to rest.
    await new Promise((resolve) => setTimeout(resolve, 500));
    return { x: Math.ceil(x) + window.scrollX, y: Math.ceil(y) + window.scrollY };
  }, SIZE);
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'png', clip: { ...at, ...SIZE, scale: 1 } });
  await session.detach();
  return Buffer.from(data, 'base64');
}

/** Small differences in how edges are drawn pass, another bar or colour does not. */
const LIKE = { threshold: 0.1, maxDiffPixelRatio: 0.005 };

test.beforeEach(({ page }) =>
  page.addInitScript(() => {
    CanvasRenderingContext2D.prototype.fillText = () => undefined;
  })
);

async function open(page: Page, theme: string) {
  await page.goto(`${PAGE}/explore?theme=${theme}`);
  await new FlameGraphOnPage(page).expectPainted();
  await page.getByRole('radio', { name: 'Flame graph' }).check({ force: true });
}

for (const theme of ['dark', 'light']) {
  test(`a profile by package, then with matches, ${theme}`, async ({ page }) => {
    await answerWith(page, smallProfile(SHOP));
    await open(page, theme);
    expect(await pictureOfGraph(page)).toMatchSnapshot(`packages-${theme}.png`, LIKE);
    // One of the frames that are too small to be seen, and one that is not.
    await page.getByRole('button', { name: 'Regular expression' }).click();
    await page.getByRole('search').getByRole('textbox').fill('f700$|hash');
    expect(await pictureOfGraph(page)).toMatchSnapshot(`matches-${theme}.png`, LIKE);
  });

  test(`a diff, ${theme}`, async ({ page }) => {
    await answerWith(page, smallProfile(BEFORE_AND_AFTER));
    await open(page, theme);
    expect(await pictureOfGraph(page)).toMatchSnapshot(`diff-${theme}.png`, LIKE);
  });
}
