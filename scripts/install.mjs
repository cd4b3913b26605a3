/** Installs what package-lock.json names when it is not there yet. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { ROOT } from './project.mjs';
import { run } from './run.mjs';

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}

/**
 * Whether node_modules holds what the lock names. npm writes down what it installed; the two are compared package by
 * package, because a checkout changes the times of files and not what is in them. Optional packages are those of other
 * platforms, which are never installed.
 */
function isInstalled() {
  const installed = packagesOf('node_modules/.package-lock.json');
  return Object.entries(packagesOf('package-lock.json')).every(
    ([name, { version, optional, devOptional, link }]) =>
      name === '' || optional || devOptional || link || installed[name]?.version === version
  );
}

/** @returns npm's exit code, 0 when nothing had to be done */
export async function installPackages() {
  return isInstalled() ? 0 : run('npm', ['ci', '--no-audit', '--no-fund']);
}
