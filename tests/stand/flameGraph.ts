import { expect, type Locator, type Page } from '@playwright/test';

/** Height of a row of the flame graph, in CSS pixels. */
const ROW = 20;

/** The flame graph on a page, as a user sees it. */
export class FlameGraphOnPage {
  readonly graph: Locator;
  readonly search: Locator;
  readonly table: Locator;
  readonly breadcrumbs: Locator;

  constructor(page: Page) {
    this.graph = page.getByTestId('flamegraph-graph');
    this.search = page.getByRole('search').getByRole('textbox');
    this.table = page.getByRole('table', { name: 'Functions' });
    this.breadcrumbs = page.getByRole('navigation', { name: 'Focused frame' });
  }

  /** Waits until the graph is there and its canvas has bars in several colours. */
  async expectPainted() {
    await expect(this.graph).toBeVisible({ timeout: 20_000 });
    await expect.poll(() => this.coloursOnCanvas(), { timeout: 10_000 }).toBeGreaterThan(3);
  }

  private coloursOnCanvas(): Promise<number> {
    return this.graph.getByTestId('flamegraph-picture').evaluate((canvas: HTMLCanvasElement) => {
      const context = canvas.getContext('2d');
      const { data } = context?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      const colours = new Set<number>();
      for (let at = 0; at < data.length; at += 4 * 7) {
        if (data[at + 3] > 0) {
          colours.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
        }
      }
      return colours.size;
    });
  }

  /** The place of a bar: its level from the root and how far right, as a share of the width. */
  private async at(level: number, share: number) {
    const box = await this.graph.boundingBox();
    if (!box) {
      throw new Error('The flame graph is not on the page.');
    }
    return { position: { x: box.width * share, y: (level + 0.5) * ROW } };
  }

  async click(level: number, share: number) {
    await this.graph.click(await this.at(level, share));
  }

  async doubleClick(level: number, share: number) {
    await this.graph.dblclick(await this.at(level, share));
  }

  async hover(level: number, share: number) {
    await this.graph.hover(await this.at(level, share));
  }
}
