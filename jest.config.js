// Tests see the same time zone everywhere.
process.env.TZ = 'UTC';

const { grafanaESModules, nodeModulesToTransform } = require('./.config/jest/utils');
const base = require('./.config/jest.config');

const swc = base.transform['^.+\\.(t|j)sx?$'];

module.exports = {
  ...base,
  // Forms of @grafana/ui are slow in jsdom when the machine is busy.
  testTimeout: 30_000,
  transform: { '^.+\\.(t|j)sx?$': swc, '^.+\\.mjs$': swc, '\\.(yaml|md)$': '<rootDir>/scripts/jestText.cjs' },
  // Packages of @grafana/ui and scenes that ship ES modules only.
  transformIgnorePatterns: [
    nodeModulesToTransform([
      ...grafanaESModules,
      'd3-[a-z-]+',
      '@react-hookz',
      '@ver0',
      '@grafana/react-data-grid',
      'yaml',
    ]),
  ],
};
