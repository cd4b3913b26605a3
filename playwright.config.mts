import { defineConfig } from '@playwright/test';

// The finder is plain JavaScript, shared with scripts that run before anything is installed.
import { CHROMIUM_FLAGS, findChromium } from './scripts/chromium.mjs';

export default (async () =>
  defineConfig({
    testDir: './tests',
    globalSetup: './tests/stand/globalSetup.mjs',
    outputDir: './test-results',
    // The same for every machine: the pictures hold nothing that fonts change.
    snapshotPathTemplate: '{testDir}/pictures/{arg}{ext}',
    timeout: 60_000,
    expect: { timeout: 10_000 },
    // Two browsers at once draw too slowly on two cores for times to mean anything.
    workers: 1,
    retries: 0,
    forbidOnly: Boolean(process.env.CI),
    reporter: process.env.FLAMEWATCH_REPORT
      ? [['list'], ['json', { outputFile: process.env.FLAMEWATCH_REPORT }]]
      : [['list']],
    use: {
      viewport: { width: 1400, height: 1000 },
      screenshot: 'off',
      trace: 'off',
      video: 'off',
      launchOptions: { executablePath: await findChromium(), args: CHROMIUM_FLAGS },
    },
  }))();
