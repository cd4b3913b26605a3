/**
 * Runs every fuzz target for a while: `node scripts/fuzz.mjs`, part of `npm test`. Those of Go are functions Fuzz… of tests;
 * what a run finds is kept by Go in the package's testdata/fuzz, to be committed with the repair, beside inputs that
 * reached branches in long runs. Those of TypeScript are *.fuzz.ts files; they say what to keep, and where.
 *
 * The short form fuzzes the test's own binaries, whose build the tests have paid for already, for a number of tries.
 * FLAMEWATCH_FUZZ_SECONDS (a target, in the nightly run 60) above 10 has them built anew with coverage, by which Go finds
 * its way into branches.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { ROOT } from './project.mjs';
import { runTool } from './run.mjs';

const SECONDS = Number(process.env.FLAMEWATCH_FUZZ_SECONDS ?? 1);
/** Building with coverage takes minutes; it is worth it for long runs only. */
const GUIDED_FROM = 10;
/** What a target makes in a second at least. */
const TRIES = 20_000;

/** All fuzz targets by the folder of their package. */
export async function fuzzTargets() {
  const found = new Map();
  for (const room of ['pkg', 'cmd']) {
    const files = await readdir(path.join(ROOT, room), { recursive: true });
    for (const file of files.filter((name) => name.endsWith('_test.go')).sort()) {
      const text = await readFile(path.join(ROOT, room, file), 'utf8');
      const names = [...text.matchAll(/^func (Fuzz\w+)\(f \*testing\.F\)/gm)].map(([, name]) => name);
      if (names.length > 0) {
        const folder = path.join(room, path.dirname(file));
        found.set(folder, [...(found.get(folder) ?? []), ...names]);
      }
    }
  }
  return found;
}

/**
 * Before 1.27 Go sometimes takes the end of its time for a failure of the target (go.dev/issue/75804). What a target does
 * wrong has more to say than this: the input, or where it stands.
 */
const outOfTime = (output) => /^--- FAIL: \w+ \([\d.]+s\)\n\s+context deadline exceeded\nFAIL$/m.test(output.trim());

/** @returns whether the target held */
function fuzz(folder, name, cache) {
  const guided = SECONDS >= GUIDED_FROM;
  // Making an input of a hundred kilobytes smaller, for a minute, would take all of the time.
  const limits = [
    `fuzztime=${guided ? `${SECONDS}s` : `${TRIES}x`}`,
    'fuzzminimizetime=1s',
    'parallel=2',
    'timeout=10m',
  ];
  const binary = path.join(cache, `${folder.replaceAll(path.sep, '-')}.test`);
  if (!guided && !existsSync(binary)) {
    const built = spawnSync('go', ['test', '-c', '-o', binary, `./${folder}`], { cwd: ROOT, stdio: 'inherit' });
    if (built.status !== 0) {
      return false;
    }
  }
  const { status, stdout, stderr } = guided
    ? spawnSync(
        'go',
        ['test', '-run', '^$', '-fuzz', `^${name}$`, ...limits.map((limit) => `-${limit}`), `./${folder}`],
        { cwd: ROOT, encoding: 'utf8' }
      )
    : spawnSync(
        binary,
        ['run=^$', `fuzz=^${name}$`, `fuzzcachedir=${path.join(cache, 'found')}`, ...limits].map(
          (flag) => `-test.${flag}`
        ),
        { cwd: path.join(ROOT, folder), encoding: 'utf8' }
      );
  const tries = Math.max(0, ...[...`${stdout}${stderr}`.matchAll(/execs: (\d+)/g)].map(([, count]) => Number(count)));
  const held = status === 0 || (guided && outOfTime(stdout));
  process.stdout.write(`${folder} ${name}: ${held ? `held ${tries} tries` : `FAILED\n${stdout}${stderr}`}\n`);
  return held;
}

async function main() {
  const targets = await fuzzTargets();
  if (targets.size === 0) {
    throw new Error('There are no fuzz targets: this script looks in the wrong place.');
  }
  const cache = await mkdtemp(path.join(tmpdir(), 'flamewatch-fuzz-'));
  await mkdir(path.join(cache, 'found'));
  let held = true;
  try {
    for (const [folder, names] of targets) {
      for (const name of names) {
        held = fuzz(folder, name, cache) && held;
      }
    }
  } finally {
    await rm(cache, { recursive: true, force: true });
  }
  const inBrowser = [
    '--testMatch',
    '<rootDir>/src/**/*.fuzz.ts',
    '--runInBand',
    '--testTimeout',
    String((SECONDS + 30) * 1000),
  ];
  held = (await runTool('jest', inBrowser, { FLAMEWATCH_FUZZ_SECONDS: String(SECONDS) })) === 0 && held;
  process.exit(held ? 0 : 1);
}

await main();
