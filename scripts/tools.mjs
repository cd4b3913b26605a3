/** What must be on a machine before anything can be installed. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { ROOT } from './project.mjs';

const LEAST_NODE = 20;
const LEAST_GO = [1, 26];

/** @returns a sentence for each tool that is missing or too old */
export function missingTools() {
  return [nodeFault(), goFault()].filter((fault) => fault !== undefined);
}

function nodeFault() {
  const major = Number(process.versions.node.split('.')[0]);
  return major >= LEAST_NODE
    ? undefined
    : `Node ${process.versions.node} is too old: Flamewatch needs Node ${LEAST_NODE} or newer (https://nodejs.org).`;
}

function goFault() {
  // Outside of the module, so that the answer is the version that is installed and not one that go.mod asks for.
  const { stdout, error } = spawnSync('go', ['env', 'GOVERSION'], {
    cwd: path.parse(ROOT).root,
    encoding: 'utf8',
    env: { ...process.env, GOTOOLCHAIN: 'local' },
  });
  if (error) {
    return `Go was not found: Flamewatch needs Go ${LEAST_GO.join('.')} or newer (https://go.dev/dl).`;
  }
  const [, major, minor] = /^go(\d+)\.(\d+)/.exec(stdout.trim()) ?? [];
  const isNew = Number(major) > LEAST_GO[0] || (Number(major) === LEAST_GO[0] && Number(minor) >= LEAST_GO[1]);
  const wanted = /^go (\S+)/m.exec(readFileSync(path.join(ROOT, 'go.mod'), 'utf8'))[1];
  return isNew ? undefined : `${stdout.trim()} is too old: Flamewatch needs Go ${wanted} or newer (https://go.dev/dl).`;
}
