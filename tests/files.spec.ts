import type { Page } from '@playwright/test';
import { readFileSync } from 'fs';
import path from 'path';
import { gzipSync } from 'zlib';

import { axeViolations } from './stand/axe';
import { FlameGraphOnPage } from './stand/flameGraph';
import { expect, picture, test } from './stand/test';

const PAGE = process.env.FLAMEWATCH_PAGE ?? '';
const FILES = `${PAGE}/a/flamewatch-profiles-app/captures?tab=file`;

const PROFILES = path.join(__dirname, '../testdata/profiles');

function original(file: string): { name: string; bytes: Buffer } {
  return { name: path.basename(file), bytes: readFileSync(path.join(PROFILES, file)) };
}

/** Drops files where people drop them. */
async function drop(page: Page, ...files: Array<{ name: string; bytes: Buffer }>) {
  const target = page.getByText('Drop profiles here');
  await expect(target).toBeVisible({ timeout: 20_000 });
  const carried = await page.evaluateHandle(
    (list) => {
      const carrier = new DataTransfer();
      for (const { name, text } of list) {
        const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
        carrier.items.add(new File([bytes], name));
      }
      return carrier;
    },
    files.map(({ name, bytes }) => ({ name, text: bytes.toString('base64') }))
  );
  await target.dispatchEvent('drop', { dataTransfer: carried });
}

for (const theme of ['dark', 'light'] as const) {
  test(`a pprof file is dropped and shown, ${theme}`, async ({ page }) => {
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && /resources|ds\/query/.test(request.url())) {
        sent.push(request.url());
      }
    });
    await page.goto(`${FILES}&theme=${theme}`);
    await drop(page, original('originals/go-runtime-pprof/cpu.before.pb.gz'));
    const flameGraph = new FlameGraphOnPage(page);
    await flameGraph.expectPainted();
    await expect(flameGraph.table).toContainText('walkDiscounts');
    await expect(page.getByRole('list', { name: 'Opened files' })).toContainText('pprof');
    await picture(page, `files-${theme}`);
    expect(await axeViolations(page, { except: ['[data-testid="flamegraph-graph"]'] })).toEqual([]);
    // What was opened stays in the browser.
    expect(sent).toEqual([]);
  });
}

test('two files are compared', async ({ page }) => {
  await page.goto(FILES);
  await drop(
    page,
    original('originals/go-runtime-pprof/cpu.before.pb.gz'),
    original('originals/go-runtime-pprof/cpu.after-slower.pb.gz')
  );
  const flameGraph = new FlameGraphOnPage(page);
  await flameGraph.expectPainted();
  await page.getByRole('combobox', { name: 'Compare with' }).click();
  await page.getByRole('option', { name: 'cpu.before.pb.gz' }).click();
  await expect(page.getByText('cpu.after-slower.pb.gz against cpu.before.pb.gz')).toBeVisible();
  await flameGraph.expectPainted();
  await picture(page, 'files-compared');
  await expect(flameGraph.table).toContainText('serializeOrder');
});

test('a file is compared with the continuous profile, and sent to the server when asked', async ({ page }) => {
  await page.goto(FILES);
  await drop(page, original('originals/go-runtime-pprof/cpu.before.pb.gz'));
  const flameGraph = new FlameGraphOnPage(page);
  await flameGraph.expectPainted();
  await page.getByRole('combobox', { name: 'Compare with' }).click();
  await page.getByRole('option', { name: 'The continuous profile of a service' }).click();
  await page.getByRole('combobox', { name: 'Service', exact: true }).click();
  await page.getByRole('option', { name: 'order-service', exact: true }).click();
  await expect(page.getByText('cpu.before.pb.gz against order-service')).toBeVisible();
  await flameGraph.expectPainted();

  await page.getByRole('button', { name: 'Send to the profile server…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Service' }).fill('dropped-service');
  await dialog.getByRole('textbox', { name: 'Labels' }).fill('incident=4711');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await expect(dialog).toContainText('The profile was sent to the server');
});

test('a file is laid out in the order of time, and by its sample types', async ({ page }) => {
  await page.goto(FILES);
  await drop(page, original('originals/node/orderservice.cpuprofile.gz'));
  const flameGraph = new FlameGraphOnPage(page);
  await flameGraph.expectPainted();
  await page.getByRole('radio', { name: 'In order of time' }).check({ force: true });
  await flameGraph.expectPainted();
  await picture(page, 'files-in-time');
  await page.getByRole('radio', { name: 'Merged' }).check({ force: true });
  await page.getByRole('combobox', { name: 'Sample type' }).click();
  await page.getByRole('option', { name: 'samples (count)' }).click();
  await flameGraph.expectPainted();
});

test('a recording of Flight Recorder is sent after consent only', async ({ page }) => {
  await page.goto(FILES);
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('convert/jfr')) {
      sent.push(request.method());
    }
  });
  await drop(page, original('async-profiler/cpu-alloc-lock.jfr.gz'));
  await expect(page.getByText('Send this recording to Grafana to read it?')).toBeVisible();
  expect(sent).toEqual([]);
  await picture(page, 'files-consent');
  await page.getByRole('button', { name: 'Send and read' }).click();
  const flameGraph = new FlameGraphOnPage(page);
  await flameGraph.expectPainted();
  await expect(flameGraph.table).toContainText('walkDiscounts');
  expect(sent).toEqual(['POST']);
  await page.getByRole('combobox', { name: 'Sample type' }).click();
  await expect(page.getByRole('option', { name: 'alloc_in_new_tlab_bytes (bytes)' })).toBeVisible();
});

test('garbage, half a file and a bomb are refused with a reason, and the page goes on', async ({ page }) => {
  await page.goto(FILES);
  const whole = original('originals/go-runtime-pprof/heap.pb.gz');
  await drop(
    page,
    { name: 'garbage.bin', bytes: Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251)) },
    { name: 'half.pb.gz', bytes: whole.bytes.subarray(0, whole.bytes.length / 2) },
    { name: 'bomb.gz', bytes: gzipSync(Buffer.alloc(300 << 20), { level: 1 }) },
    whole
  );
  const list = page.getByRole('list', { name: 'Opened files' });
  await expect(list).toContainText('The file is of no format that is known here.');
  await expect(list).toContainText('its end is missing');
  await expect(list).toContainText('inflates to more than 256 MiB', { timeout: 30_000 });
  await new FlameGraphOnPage(page).expectPainted();
  await picture(page, 'files-refused');
  await page.getByRole('button', { name: 'Close garbage.bin' }).click();
  await expect(list).not.toContainText('garbage.bin');
});

test('only addresses of this Grafana are opened', async ({ page }) => {
  await page.goto(FILES);
  const address = page.getByRole('textbox', { name: 'Address of a file in this Grafana' });
  await address.fill('https://elsewhere.invalid/cpu.pb.gz');
  await address.press('Enter');
  await expect(page.getByText('Only addresses of this Grafana can be opened')).toBeVisible({ timeout: 20_000 });
  const { bytes } = original('originals/py-spy/cpu.speedscope.json');
  await page.route('**/public/cpu.speedscope.json', (route) => route.fulfill({ body: bytes }));
  await address.fill('/public/cpu.speedscope.json');
  await address.press('Enter');
  const flameGraph = new FlameGraphOnPage(page);
  await flameGraph.expectPainted();
  await expect(flameGraph.table).toContainText('reserve_stock');
});

test('what is looked at survives a reload; the files are asked for again', async ({ page }) => {
  await page.goto(FILES);
  const heap = original('originals/go-runtime-pprof/heap.pb.gz');
  await drop(page, heap);
  const flameGraph = new FlameGraphOnPage(page);
  await flameGraph.expectPainted();
  await page.getByRole('combobox', { name: 'Sample type' }).click();
  await page.getByRole('option', { name: 'alloc_objects (count)' }).click();
  await expect(page).toHaveURL(/file-measure=alloc_objects/);
  await page.reload();
  await expect(page.getByText('Open heap.pb.gz again')).toBeVisible({ timeout: 20_000 });
  await drop(page, heap);
  await flameGraph.expectPainted();
  await expect(page.getByText('Open heap.pb.gz again')).toBeHidden();
  await expect(page.getByRole('combobox', { name: 'Sample type' })).toHaveValue('alloc_objects (count)');
});
