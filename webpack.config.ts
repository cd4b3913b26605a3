/**
 * One bundle per plugin. create-plugin's own config emits the chunks of all nested plugins into dist/, but Grafana
 * serves a nested plugin from public/plugins/<its own id>/, so they would not be found. This file calls that config
 * once per plugin folder and gives each its own entry, output path, public path and copied files.
 */
import CopyWebpackPlugin from 'copy-webpack-plugin';
import fs from 'fs';
import { merge } from 'lodash';
import path from 'path';
import ReplaceInFileWebpackPlugin from 'replace-in-file-webpack-plugin';
import { type Chunk, type Configuration, DefinePlugin, type WebpackPluginInstance } from 'webpack';
import VirtualModulesPlugin from 'webpack-virtual-modules';

import baseConfig, { type Env } from './.config/webpack/webpack.config.ts';

const ROOT = process.cwd();

/** Folders below src/ that hold a plugin.json; '' is the app. */
const PLUGIN_FOLDERS = ['', 'datasource', 'panel'];

/** Plugins of the base config that must be one per bundle, by constructor name. */
const REPLACED = new Set(['CopyPlugin', 'ReplaceInFilePlugin', 'ReplaceInFileWebpackPlugin', 'VirtualModulesPlugin']);

function readJson(file: string) {
  return JSON.parse(fs.readFileSync(path.join(ROOT, file), 'utf8'));
}

/** The flame graph's texts in a language, which every plugin that draws one carries among its own. */
function flameGraphTexts(language: string) {
  const file = path.join('src', 'flamegraph', 'locales', `${language}.json`);
  return fs.existsSync(path.join(ROOT, file)) ? readJson(file) : {};
}

/** The datasource's texts in a language: the app draws parts of its editor. */
function datasourceTexts(language: string) {
  return readJson(path.join('src', 'datasource', 'locales', language, 'flamewatch-profiles-datasource.json'));
}

/** Adds the texts of what a plugin draws of other rooms to its own, which are in locales/<language>/<plugin id>.json. */
function withTextsOfRooms(folder: string) {
  return (own: Buffer, file: string) => {
    const language = path.basename(path.dirname(file));
    const others = folder === '' ? [flameGraphTexts(language), datasourceTexts(language)] : [flameGraphTexts(language)];
    return JSON.stringify(merge({}, ...others, JSON.parse(own.toString())));
  };
}

/** Files of the project are not beside the changelog where it is read: the links' texts stay. */
function withoutRelativeLinks(markdown: Buffer) {
  return markdown.toString().replace(/\[([^\]]+)\]\((?!https:|#)[^)]+\)/g, '$1');
}

/** The pictures of docs/ that plugin.json names for the catalogue. */
function screenshots(folder: string): Array<{ from: string; to: string }> {
  const { info } = readJson(path.join('src', folder, 'plugin.json'));
  return info.screenshots.map((screenshot: { path: string }) => ({
    from: path.join(ROOT, 'docs', screenshot.path),
    to: screenshot.path,
  }));
}

function copyPatterns(folder: string) {
  const own = [
    ...['plugin.json', 'img', 'dashboards'].map((name) => ({
      from: path.join(ROOT, 'src', folder, name),
      to: name === 'plugin.json' ? '.' : name,
      noErrorOnMissing: true,
    })),
    { from: path.join(ROOT, 'src', folder, 'locales'), to: 'locales', transform: withTextsOfRooms(folder) },
  ];
  const frontDoor = [
    // For the catalogue; the README at the root is for who has the sources.
    { from: path.join(ROOT, 'src', 'README.md'), to: '.' },
    { from: path.join(ROOT, 'CHANGELOG.md'), to: '.', transform: withoutRelativeLinks },
    { from: path.join(ROOT, 'LICENSE'), to: '.' },
    ...screenshots(folder),
  ];
  return folder === '' ? [...own, ...frontDoor] : own;
}

/**
 * Where the module lies that create-plugin's loader imports first into every module.ts: beside the packages, as it is no
 * source that the catalogue's check of source maps would find.
 */
const publicPathFile = (id: string) => path.join(ROOT, 'node_modules', `grafana-public-path-${id}.js`);

/** Modules and their chunks load from where Grafana served module.js, whatever sub-path or CDN that is. */
function publicPathModule(id: string) {
  return new VirtualModulesPlugin({
    [publicPathFile(id)]: `
import amdMetaModule from 'amd-module';

__webpack_public_path__ =
  amdMetaModule && amdMetaModule.uri
    ? amdMetaModule.uri.slice(0, amdMetaModule.uri.lastIndexOf('/') + 1)
    : 'public/plugins/${id}/';
`,
  });
}

/**
 * Chunks that may share modules: webpack's own choice, without the worker's. A worker would look for what it shares
 * below its own folder once more, and it is one file where Grafana's public path cannot be known.
 */
const mayShare = (chunk: Chunk) => !chunk.canBeInitial() && chunk.name !== 'flamegraph-worker';

async function bundle(folder: string, env: Env): Promise<Configuration> {
  const base = await baseConfig(env);
  const source = path.join(ROOT, 'src', folder);
  const output = path.join(ROOT, 'dist', folder);
  const { id } = readJson(path.join('src', folder, 'plugin.json'));
  const { version, name: app } = readJson('package.json');
  const nested = PLUGIN_FOLDERS.filter((name) => name !== '').join('|');

  return {
    ...base,
    name: id,
    // What is released is built from nothing; `npm start` may use what it built before.
    cache: env.production && !env.cached ? false : base.cache,
    module: {
      ...base.module,
      // Alert rules that the app hands out are the files of provisioning/, word by word; runbooks are their Markdown.
      rules: [...(base.module?.rules ?? []), { test: /\.(yaml|md)$/, type: 'asset/source' }],
    },
    entry: { module: path.join(source, fs.existsSync(path.join(source, 'module.tsx')) ? 'module.tsx' : 'module.ts') },
    output: {
      ...base.output,
      path: output,
      publicPath: `public/plugins/${id}/`,
      uniqueName: id,
      // Names in source maps are the paths below src/, of nested plugins as well.
      devtoolNamespace: app,
      clean: {
        // The root build must leave the nested plugins alone, and every build the Go binaries.
        keep:
          folder === ''
            ? new RegExp(`^(${nested})(/|$)|_(amd64|arm(64)?)(.exe)?$|go_plugin_build_manifest`)
            : /_(amd64|arm(64)?)(.exe)?$|go_plugin_build_manifest/,
      },
    },
    optimization: { ...base.optimization, splitChunks: { chunks: mayShare } },
    resolve: {
      ...base.resolve,
      alias: { 'grafana-public-path': publicPathFile(id) },
    },
    plugins: [
      ...(base.plugins ?? []).filter((plugin) => !REPLACED.has((plugin as WebpackPluginInstance).constructor.name)),
      publicPathModule(id),
      // long, which protobufjs counts 64 bits with, tries it on loading; a policy that forbids it would report each attempt.
      new DefinePlugin({ WebAssembly: 'undefined' }),
      new CopyWebpackPlugin({ patterns: copyPatterns(folder) }),
      new ReplaceInFileWebpackPlugin([
        {
          dir: path.relative(ROOT, output),
          test: [/(^|\/)plugin\.json$/],
          rules: [
            { search: /%VERSION%/g, replace: version },
            { search: /%TODAY%/g, replace: new Date().toISOString().substring(0, 10) },
            { search: /%PLUGIN_ID%/g, replace: id },
          ],
        },
      ]),
    ],
  };
}

export default async function configs(env: Env): Promise<Configuration[]> {
  return Promise.all(PLUGIN_FOLDERS.map((folder) => bundle(folder, env)));
}
