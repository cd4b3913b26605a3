/** Installs what package-lock.json names when it is not there yet. */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

import { ROOT } from './project.mjs';
import { run } from './run.mjs';

/** npm writes this file at the end of every install. */
const INSTALLED = path.join(ROOT, 'node_modules', '.package-lock.json');

function isInstalled() {
  return existsSync(INSTALLED) && statSync(INSTALLED).mtimeMs >= statSync(path.join(ROOT, 'package-lock.json')).mtimeMs;
}

/** @returns npm's exit code, 0 when nothing had to be done */
export async function installPackages() {
  return isInstalled() ? 0 : run('npm', ['ci', '--no-audit', '--no-fund']);
}
