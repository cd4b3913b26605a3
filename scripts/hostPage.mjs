/**
 * Builds the playground's page: one script and one style sheet made of playground/ and the real @grafana packages, and
 * icons and fonts where these ask for them.
 */
import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';

import { bundleForBrowser } from './browserBundle.mjs';
import { ROOT } from './project.mjs';

const PACKAGES = path.join(ROOT, 'node_modules');
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

/**
 * What the page imports, by name or by its place in node_modules, is taken from another folder of packages, as far as
 * that has it: so the same page is made of another version of Grafana.
 */
const packagesOf = (folder) => ({
  name: 'packages-of',
  setup(builder) {
    const ours = path.join(ROOT, 'playground') + path.sep;
    const seen = Symbol('resolved');
    builder.onResolve({ filter: /^[^./]|\/node_modules\// }, async ({ path: name, importer, kind, pluginData }) => {
      if (pluginData === seen || !importer.startsWith(ours)) {
        return undefined;
      }
      const [, inside] = name.split('/node_modules/');
      const wanted = inside === undefined ? name : `./${inside}`;
      const found = await builder.resolve(wanted, { importer, kind, resolveDir: folder, pluginData: seen });
      return found.errors.length === 0 ? found : undefined;
    });
  },
});

/** @param {{ output?: string, packages?: string }} options where to, and the node_modules that Grafana is taken from */
export async function buildHostPage({ output = OUTPUT, packages = PACKAGES } = {}) {
  await rm(output, { recursive: true, force: true });
  await mkdir(output, { recursive: true });
  await bundleForBrowser({
    entryPoints: ['playground/main.tsx'],
    outfile: path.join(output, 'host.js'),
    plugins: packages === PACKAGES ? [] : [packagesOf(packages)],
  });
  const icons = path.join(output, 'img', 'icons');
  await cp(path.join(packages, '@grafana', 'ui', 'dist', 'public', 'img', 'icons'), icons, { recursive: true });
  // Grafana's core has more icons than the package; those of them that the page meets are drawn anew.
  await cp(path.join(ROOT, 'playground', 'icons'), path.join(icons, 'unicons'), { recursive: true });
  for (const [name, source] of Object.entries(FONTS)) {
    const target = path.join(output, 'fonts', name);
    await mkdir(path.dirname(target), { recursive: true });
    await cp(path.join(PACKAGES, '@fontsource', source), target);
  }
}
