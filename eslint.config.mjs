import grafanaI18nPlugin from '@grafana/i18n/eslint-plugin';
import { defineConfig } from 'eslint/config';

import baseConfig from './.config/eslint.config.mjs';

/**
 * The arrows of the house: app, datasource and panel use flamegraph, which uses engine; the UI-free rooms import no
 * React and no Grafana runtime. A room names here what it must not import.
 */
const UI = [
  'react',
  'react-dom',
  'react/*',
  '@grafana/ui',
  '@grafana/runtime',
  '@grafana/scenes',
  '@grafana/i18n',
  '@emotion/*',
];
const ROOMS = ['app', 'datasource', 'panel', 'flamegraph', 'engine', 'formats', 'flameql', 'links'];

function room(name, mayUse, mayNotUse = []) {
  const closed = ROOMS.filter((other) => other !== name && !mayUse.includes(other));
  return {
    files: [`src/${name}/**/*.{ts,tsx}`],
    ignores: ['**/*.test.{ts,tsx}'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: closed.flatMap((other) => [`../${other}`, `../${other}/**`, `**/../${other}/**`]),
              message: `src/${name} must not use this room; see "Rules of the house" in ARCHITECTURE.md.`,
            },
            ...(mayNotUse.length > 0
              ? [{ group: mayNotUse, message: `src/${name} is free of React and of Grafana's runtime.` }]
              : []),
          ],
        },
      ],
    },
  };
}

export default defineConfig([
  {
    ignores: [
      '**/node_modules/',
      '**/dist/',
      'coverage/',
      'test-results/',
      'playwright-report/',
      '.config/',
      'testdata/',
      '**/*.generated.ts',
      '**/parser.terms.ts',
    ],
  },
  ...baseConfig,
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['**/*.test.{ts,tsx}'],
    plugins: { '@grafana/i18n': grafanaI18nPlugin },
    rules: {
      '@grafana/i18n/no-translation-top-level': 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['src/{app,datasource,panel,flamegraph}/**/*.tsx'],
    ignores: ['**/*.test.tsx'],
    plugins: { '@grafana/i18n': grafanaI18nPlugin },
    rules: { '@grafana/i18n/no-untranslated-strings': 'error' },
  },
  // ESLint looks at TypeScript only where a configuration names it.
  { files: ['{playground,tests,bench}/**/*.{ts,tsx}', '*.config.{ts,mts}'] },
  room('engine', [], [...UI, '@grafana/data']),
  room('flameql', [], [...UI, '@grafana/data']),
  room('formats', ['engine'], UI),
  room('links', ['flameql'], UI),
  room('flamegraph', ['engine', 'formats', 'links'], ['@grafana/runtime', '@grafana/scenes']),
  room('datasource', ['flameql', 'flamegraph', 'engine', 'links']),
  room('panel', ['flamegraph', 'engine', 'formats', 'links']),
  room('app', ['flamegraph', 'engine', 'formats', 'flameql', 'links', 'datasource']),
]);
