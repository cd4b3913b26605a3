/**
 * `npm run compat`: holds what the plugins use of Grafana's packages against other versions of these, by Grafana's own
 * checker (https://github.com/grafana/levitate): the lowest Grafana that the plugins say they work with, and the newest.
 * Takes minutes and the network; part of `npm run nightly`. `-- 13.1.3` tries other versions.
 *
 * What it finds and what is no problem is in compatExceptions.json by version and name, each with the reason.
 */
import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs, stripVTControlCharacters } from 'node:util';

import { ROOT } from './project.mjs';

const LEVITATE = '@grafana/levitate@0.17.2';

/** npm has no 12.2.5, which is the floor; what works with the one before it works there. */
const VERSIONS = ['12.2.1', '13.2.3'];

const MODULES = ['src/module', 'src/datasource/module', 'src/panel/module'];
const PACKAGES = ['data', 'runtime', 'schema', 'ui'].map((name) => `@grafana/${name}`);

/** One file that imports all plugins, so that each package is fetched once. */
async function writeEntry() {
  const folder = path.join(ROOT, '.bin');
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, 'compat.ts');
  await writeFile(file, MODULES.map((module) => `import '../${module}';\n`).join(''));
  return file;
}

/** @returns what the checker prints, which goes on to the reader too */
function check(entry, version) {
  const target = PACKAGES.map((name) => `${name}@${version}`).join(',');
  const args = ['--yes', LEVITATE, 'is-compatible', '--path', entry, '--target', target];
  return new Promise((resolve, reject) => {
    const child = spawn('npx', args, { cwd: ROOT, shell: process.platform === 'win32' });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
        process.stdout.write(chunk);
      });
    }
    child.on('error', reject);
    child.on('close', () => resolve(stripVTControlCharacters(output)));
  });
}

/** @returns the names that the checker says changed or are gone, and what it could not look at */
function readFindings(output) {
  const compared = [...output.matchAll(/Successfully compared versions/g)].length;
  return {
    names: [...output.matchAll(/^\d+\) (?:Changed|Removed) `([^`]+)`/gm)].map(([, name]) => name),
    isWhole: compared === PACKAGES.length && !/Could not process|Skipping package/.test(output),
  };
}

async function main() {
  const { positionals } = parseArgs({ allowPositionals: true });
  const exceptions = JSON.parse(await readFile(path.join(ROOT, 'scripts', 'compatExceptions.json'), 'utf8'));
  const entry = await writeEntry();
  const problems = [];
  for (const version of positionals.length > 0 ? positionals : VERSIONS) {
    process.stdout.write(`\n=== Grafana ${version}\n`);
    const { names, isWhole } = readFindings(await check(entry, version));
    if (!isWhole) {
      problems.push(`${version}: not every package could be compared; see above`);
    }
    const known = exceptions[version] ?? {};
    problems.push(...names.filter((name) => !(name in known)).map((name) => `${version}: ${name}`));
  }
  if (problems.length > 0) {
    throw new Error(`\nNot compatible, or not known to be:\n${problems.join('\n')}`);
  }
  process.stdout.write('\nCompatible, but for what compatExceptions.json explains.\n');
}

main().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
