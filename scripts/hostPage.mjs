/**
 * Builds the playground's page into playground/dist: one script and one style sheet made of playground/ and the real
 * @grafana packages, and the icons of @grafana/ui where they ask for them.
 */
import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';

import { bundleForBrowser } from './browserBundle.mjs';
import { ROOT } from './project.mjs';

const OUTPUT = path.join(ROOT, 'playground', 'dist');

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
}
