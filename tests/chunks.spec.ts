import fs from 'node:fs';
import path from 'node:path';

import { expect, test } from './stand/test';

const PAGE = process.env.FLAMEWATCH_PAGE ?? '';
const DIST = path.join(__dirname, '..', 'dist');

/** The part of webpack's runtime that a module can ask for: where it loads chunks from, and by which names. */
interface WebpackRuntime {
  /** Public path. */
  p: string;
  /** File name of a chunk. */
  u(chunk: string): string;
  /** Loads a chunk. */
  e(chunk: string): Promise<unknown>;
}

type ChunkList = Array<[symbol[], object, (runtime: WebpackRuntime) => void]>;

function readId(folder: string): string {
  return JSON.parse(fs.readFileSync(path.join(DIST, folder, 'plugin.json'), 'utf8')).id;
}

function chunksOf(folder: string): string[] {
  return (
    fs
      .readdirSync(path.join(DIST, folder))
      // A worker's script is no chunk of the page; see worker.spec.ts.
      .filter((file) => file.endsWith('.js') && file !== 'module.js' && !file.endsWith('-worker.js'))
      .map((file) => file.replace(/\.js$/, ''))
  );
}

for (const folder of ['', 'datasource', 'panel']) {
  test(`every chunk of ${folder || 'the app'} loads from where Grafana serves it`, async ({ page }) => {
    const id = readId(folder);
    const chunks = chunksOf(folder);
    expect(chunks.length, 'a plugin without chunks would prove nothing').toBeGreaterThan(0);

    await page.goto(`${PAGE}/explore`);
    await page.waitForFunction(() => 'System' in window);
    const loaded = await page.evaluate(
      async ({ module, listName, names }) => {
        const imported = await System.import(module);
        await (imported.default ?? imported);
        // webpack hands its runtime to whoever pushes an entry to the list of its chunks.
        const list = (window as unknown as Record<string, ChunkList>)[listName];
        const runtime = await new Promise<WebpackRuntime>((resolve) => list.push([[Symbol()], {}, resolve]));
        const addresses: string[] = [];
        for (const name of names) {
          await runtime.e(name);
          addresses.push(new URL(runtime.p + runtime.u(name), document.baseURI).pathname);
        }
        return addresses;
      },
      {
        module: `/public/plugins/${id}/module.js`,
        listName: `webpackChunk${id.replace(/[^a-zA-Z0-9_]+/g, '_')}`,
        names: chunks,
      }
    );
    expect(loaded.sort()).toEqual(chunks.map((name) => `/public/plugins/${id}/${name}.js`).sort());
  });
}
