/** Loads an unpacked release in the playground's page, with a real browser, a real store and the zip's own backend. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from '@playwright/test';

import { seed } from '../../tests/stand/seed.mjs';
import { Children } from '../children.mjs';
import { CHROMIUM_FLAGS, findChromium } from '../chromium.mjs';
import { buildParts, program } from '../parts.mjs';
import { freePort, untilAnswers } from '../ports.mjs';

/** How long a program may take to start, and a screen to show what it is about, in ms. */
const STARTS_WITHIN = 30_000;
const SHOWS_WITHIN = 30_000;

/** @returns what the browser found wrong; the app has to list a service, which takes all three: app, backend, store */
async function look(url) {
  const browser = await chromium.launch({ executablePath: await findChromium(), args: CHROMIUM_FLAGS });
  try {
    const page = await browser.newPage();
    const problems = [];
    page.on('pageerror', (error) => problems.push(`the page throws: ${error.message}`));
    page.on('requestfailed', (request) => problems.push(`${request.url()} fails: ${request.failure()?.errorText}`));
    page.on('response', (response) => {
      if (response.status() >= 400 && new URL(response.url()).pathname.startsWith('/public/plugins/')) {
        problems.push(`${response.url()} answers ${response.status()}`);
      }
    });
    await page.goto(`${url}/a/flamewatch-profiles-app/services`);
    const service = page.getByRole('link', { name: 'order-service' }).first();
    await service.waitFor({ timeout: SHOWS_WITHIN }).catch(() => problems.push('the app lists no service'));
    if (problems.length === 0) {
      await service.click();
      const graph = page.locator('canvas').first();
      await graph.waitFor({ timeout: SHOWS_WITHIN }).catch(() => problems.push('the app draws no flame graph'));
    }
    // What was under way when a screen was left is cancelled, and no fault.
    return problems.filter((problem) => !problem.endsWith('net::ERR_ABORTED'));
  } finally {
    await browser.close();
  }
}

/**
 * @param {string} folder of the unpacked app
 * @returns a sentence for each thing that is wrong
 */
export async function loadRelease(folder) {
  await buildParts({ withPage: true }, (line) => process.stdout.write(`${line}\n`));
  const children = new Children();
  const profiles = await mkdtemp(path.join(tmpdir(), 'flamewatch-release-'));
  const log = [];
  const print = (line) => log.push(line);
  const start = async (name, args, health, env = {}) => {
    const listen = `127.0.0.1:${await freePort()}`;
    children.start(name, program(name), ['--listen', listen, ...args], { env, print });
    await untilAnswers(`http://${listen}${health}`, STARTS_WITHIN);
    return `http://${listen}`;
  };
  try {
    const store = await start('store', ['--data', profiles], '/');
    await seed(store);
    const page = await start('playground', ['--dist', folder], '/api/health', { PROFILES_URL: store });
    const problems = await look(page);
    return problems.length > 0 ? [...problems, ...log.slice(-20)] : [];
  } finally {
    await children.stop();
    await rm(profiles, { recursive: true, force: true });
  }
}
