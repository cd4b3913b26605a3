/** Bundles pages that are made of the real @grafana packages: the playground's page and the bench's. */
import { build } from 'esbuild';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { ROOT } from './project.mjs';

/**
 * Scenes 8.19 imports a name that @grafana/schema 12.4 does not have; 13 has it again. Webpack warns and goes on with undefined, esbuild
 * stops; nothing in the page uses it.
 */
const absentTableDefaults = {
  name: 'absent-table-defaults',
  setup(builder) {
    const file = /composable[/\\]table[/\\]panelcfg[/\\]x[/\\]types\.gen\.mjs$/;
    builder.onLoad({ filter: file }, async ({ path: source }) => {
      const contents = await readFile(source, 'utf8');
      return contents.includes('defaultOptions')
        ? { contents }
        : { contents: `${contents}\nexport const defaultOptions = undefined;\n` };
    });
  },
};

/**
 * The @grafana packages are .mjs files that import defaults of CommonJS packages. esbuild gives such a file the whole
 * module as Node does; the authors mean its `default`, so these packages are handed over by a module that says so.
 */
const commonJsDefaults = {
  name: 'commonjs-defaults',
  setup(builder) {
    const seen = Symbol('resolved');
    builder.onResolve({ filter: /^[^./]/ }, async ({ path: name, importer, kind, resolveDir, pluginData }) => {
      if (pluginData === seen || !importer.endsWith('.mjs')) {
        return undefined;
      }
      const found = await builder.resolve(name, { importer, kind, resolveDir, pluginData: seen });
      const isCommonJs = /\.c?js$/.test(found.path) && (await readFile(found.path, 'utf8')).includes('__esModule');
      return isCommonJs ? { path: found.path, namespace: 'commonjs-default' } : found;
    });
    builder.onLoad({ filter: /.*/, namespace: 'commonjs-default' }, ({ path: source }) => ({
      contents: [
        `import * as whole from ${JSON.stringify(source)};`,
        `export * from ${JSON.stringify(source)};`,
        'export default whole.default ?? whole;',
      ].join('\n'),
      resolveDir: path.dirname(source),
    }));
  },
};

/**
 * One script for the browser (and a style sheet beside it where styles are imported).
 *
 * @param {import('esbuild').BuildOptions} options entry points, output and what differs
 */
export async function bundleForBrowser({ plugins = [], ...options }) {
  await build({
    absWorkingDir: ROOT,
    bundle: true,
    format: 'iife',
    platform: 'browser',
    target: 'chrome110',
    jsx: 'transform',
    minify: true,
    legalComments: 'none',
    define: {
      'process.env.NODE_ENV': '"production"',
      global: 'window',
      // lodash and others would register themselves with the AMD loader that plugins need.
      define: 'undefined',
    },
    plugins: [...plugins, absentTableDefaults, commonJsDefaults],
    loader: { '.svg': 'dataurl', '.ttf': 'dataurl', '.woff': 'dataurl', '.woff2': 'dataurl' },
    logLevel: 'warning',
    logOverride: { 'package.json': 'silent', 'import-is-undefined': 'silent' },
    ...options,
  });
}
