/**
 * Builds the playground's page into playground/dist: one script and one style sheet made of playground/ and the real
 * @grafana packages, and icons and fonts where these ask for them.
 */
import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';

import { bundleForBrowser } from './browserBundle.mjs';
import { ROOT } from './project.mjs';

const OUTPUT = path.join(ROOT, 'playground', 'dist');

/** Grafana's fonts, by the names under which its styles ask for them; one file serves two weights of Roboto Mono. */
const FONTS = {
  'inter/Inter-Regular.woff2': 'inter/files/inter-latin-400-normal.woff2',
  'inter/Inter-Medium.woff2': 'inter/files/inter-latin-500-normal.woff2',
  'inter/Inter-Italic.woff2': 'inter/files/inter-latin-400-italic.woff2',
  'inter/Inter-MediumItalic.woff2': 'inter/files/inter-latin-500-italic.woff2',
  'roboto/L0xTDF4xlVMF-BfR8bXMIhJHg45mwgGEFl0_3vrtSM1J-gEPT5Ese6hmHSh0mQ.woff2':
    'roboto-mono/files/roboto-mono-latin-400-normal.woff2',
};

export async function buildHostPage() {
  await rm(OUTPUT, { recursive: true, force: true });
  await mkdir(OUTPUT, { recursive: true });
  await bundleForBrowser({ entryPoints: ['playground/main.tsx'], outfile: path.join(OUTPUT, 'host.js') });
  const icons = path.join(OUTPUT, 'img', 'icons');
  await cp(path.join(ROOT, 'node_modules', '@grafana', 'ui', 'dist', 'public', 'img', 'icons'), icons, {
    recursive: true,
  });
  // Grafana's core has more icons than the package; those of them that the page meets are drawn anew.
  await cp(path.join(ROOT, 'playground', 'icons'), path.join(icons, 'unicons'), { recursive: true });
  for (const [name, source] of Object.entries(FONTS)) {
    const target = path.join(OUTPUT, 'fonts', name);
    await mkdir(path.dirname(target), { recursive: true });
    await cp(path.join(ROOT, 'node_modules', '@fontsource', source), target);
  }
}
