/** The browser that tests and benches use: one that is there, or Playwright's own. */
import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { chromium } from '@playwright/test';

import { ROOT } from './project.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** No GPU, no sandbox (containers have none to offer), and no talk with anyone outside. */
export const CHROMIUM_FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

async function isExecutable(file) {
  return access(file, constants.X_OK).then(
    () => true,
    () => false
  );
}

/** Path of a Chromium or Chrome that is installed: CHROMIUM_PATH, then PATH, then Playwright's; undefined without any. */
export async function installedChromium() {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const candidates = [
    ...(process.env.CHROMIUM_PATH ? [process.env.CHROMIUM_PATH] : []),
    ...NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))),
    chromium.executablePath(),
  ];
  for (const candidate of candidates) {
    if (candidate && (await isExecutable(candidate))) {
      return candidate;
    }
  }
  return undefined;
}

/**
 * Path of a Chromium; installs Playwright's when there is none.
 *
 * @throws an Error that says what to do when it cannot be installed
 */
export async function findChromium() {
  const installed = await installedChromium();
  if (installed) {
    return installed;
  }
  const cli = path.join(ROOT, 'node_modules', '@playwright', 'test', 'cli.js');
  await promisify(execFile)(process.execPath, [cli, 'install', 'chromium'], { cwd: ROOT }).catch(() => undefined);
  if (await isExecutable(chromium.executablePath())) {
    return chromium.executablePath();
  }
  throw new Error(
    'There is no Chromium or Chrome, and it could not be downloaded. Install one (Debian: apt-get install chromium) or set CHROMIUM_PATH.'
  );
}
