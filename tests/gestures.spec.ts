import { openInExplore, shownPart } from './stand/openInExplore';
import { expect, test } from './stand/test';

test('with fingers: a pinch zooms about its middle', async ({ page }) => {
  const { graph } = await openInExplore(page);
  const box = (await graph.boundingBox())!;
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 2 });
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', apart: number) => {
    const [middle, y] = [box.x + box.width / 2, box.y + 50];
    const touchPoints = [middle - apart, middle + apart].map((x, id) => ({ x, y, id }));
    return session.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : touchPoints });
  };
  await touch('touchStart', 40);
  for (const apart of [50, 70, 100, 120]) {
    await touch('touchMove', apart);
  }
  await touch('touchEnd', 0);
  await expect.poll(async () => (await shownPart(page)).width).toBeLessThan(0.6);
  const { left, width } = await shownPart(page);
  expect(left + width / 2).toBeCloseTo(0.5, 1);
});

test('minimap: a drag shows the part, and the line below says what is in it', async ({ page }) => {
  await openInExplore(page);
  const box = (await page.getByTestId('flamegraph-minimap').boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.25, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.75, box.y + 10, { steps: 5 });
  await page.mouse.up();
  await expect.poll(async () => Math.round((await shownPart(page)).width * 10)).toBe(5);
  await expect(page.getByText(/Shown part.*\(50%\).*frames of .* functions/)).toBeVisible();
});

test('search: from match to match, then kept as a filter that can be edited', async ({ page }) => {
  const { search, table } = await openInExplore(page);
  const found = page.getByRole('search');
  await search.fill('orders.|auth.');
  await page.getByRole('button', { name: 'Regular expression' }).click();
  await expect(found).toContainText('2 frames');
  await search.press('Enter');
  await expect(found).toContainText('1 of 2');
  await search.press('Enter');
  await search.press('Shift+Enter');
  await expect(found).toContainText('1 of 2');
  await page.getByRole('button', { name: 'Keep only stacks with a match, as a filter' }).click();
  await expect(search).toHaveValue('');
  await expect(table).not.toContainText('walkDiscounts');
  await expect(table).toContainText('hashKey');
  await page.getByRole('button', { name: /^Edit filter: Only with/ }).click();
  await page.getByRole('textbox', { name: 'Functions', exact: true }).fill('hashKey');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(table).not.toContainText('serializeOrder');
  await page.getByRole('button', { name: /^Remove filter: Only with/ }).click();
  await expect(table).toContainText('walkDiscounts');
});

test('table: sorted by a click, columns widened by a drag, a double-click focuses', async ({ page }) => {
  const { table, breadcrumbs } = await openInExplore(page);
  await expect(table.getByRole('row').nth(1)).toContainText('walkDiscounts');
  await table.getByRole('button', { name: /^Function/ }).click();
  await expect(table.getByRole('row').nth(1)).not.toContainText('walkDiscounts');
  const column = table.getByRole('columnheader', { name: /Self/ });
  const before = (await column.boundingBox())!;
  const handle = (await table.getByRole('separator').first().boundingBox())!;
  await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
  await page.mouse.down();
  await page.mouse.move(handle.x - 40, handle.y + handle.height / 2, { steps: 4 });
  await page.mouse.up();
  expect(Math.abs((await column.boundingBox())!.width - before.width)).toBeGreaterThan(20);
  await table.getByText('serializeOrder').first().dblclick();
  await expect(breadcrumbs).toContainText('serializeOrder');
});

test('a frame under the pointer is described', async ({ page }) => {
  const flameGraph = await openInExplore(page);
  await flameGraph.hover(3, 0.3);
  const tooltip = page.getByTestId('flamegraph-tooltip');
  await expect(tooltip).toContainText('PlaceOrder');
  await expect(tooltip).toContainText('Share of caller');
});
