/** `npm test`: installs what is missing, then every check. Goes on after a failure and says at the end what failed. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

import { installPackages } from './install.mjs';
import { ROOT } from './project.mjs';
import { run, runInOnePiece, runTool, toolPath } from './run.mjs';
import { missingTools } from './tools.mjs';

const absent = missingTools();
if (absent.length > 0) {
  process.stderr.write(`${absent.join('\n')}\n`);
  process.exit(1);
}

const installed = await installPackages();
if (installed !== 0) {
  process.exit(installed);
}

/** The race detector needs cgo, and that a C compiler. */
function hasCompiler() {
  const { stdout } = spawnSync('go', ['env', 'CC'], { cwd: ROOT, encoding: 'utf8' });
  return stdout !== null && spawnSync(stdout.trim(), ['--version']).status === 0;
}

/** gofmt prints the files that it would change, and is content either way. */
async function goFormat() {
  const { stdout, stderr, status } = spawnSync('gofmt', ['-l', 'pkg', 'cmd', 'deploy', 'Magefile.go'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  process.stdout.write(`${stdout}${stderr}`);
  return status === 0 && stdout === '' ? 0 : 1;
}

/** Staticcheck is a tool of the plugin's module; here it looks at the module of deploy/. */
function staticcheckDeployment() {
  const { stdout } = spawnSync('go', ['tool', '-n', 'staticcheck'], { cwd: ROOT, encoding: 'utf8' });
  const { status } = spawnSync(stdout.trim(), ['./...'], { cwd: path.join(ROOT, 'deploy'), stdio: 'inherit' });
  return status ?? 1;
}

/** Runs checks one after another; the first that fails ends them. */
async function inTurn(...checks) {
  for (const check of checks) {
    const code = await check();
    if (code !== 0) {
      return code;
    }
  }
  return 0;
}

/** Packages that only compute: looking for races in them takes a minute and finds none. */
const WITHOUT_GOROUTINES = ['./pkg/regression', './pkg/jfr'];

/** Go's tests, where there is a compiler with the race detector. */
function goTests() {
  const test = ['test', '-timeout', '15m'];
  if (!hasCompiler()) {
    return run('go', [...test, './...']);
  }
  const { stdout } = spawnSync('go', ['list', '-f', '{{.ImportPath}} {{.Dir}}', './...'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const withGoroutines = stdout
    .trim()
    .split('\n')
    .map((line) => line.split(' ', 2))
    .filter(([, folder]) => !WITHOUT_GOROUTINES.includes(`./${path.relative(ROOT, folder)}`))
    .map(([name]) => name);
  return inTurn(
    () => run('go', [...test, '-race', ...withGoroutines], { CGO_ENABLED: '1' }),
    () => run('go', [...test, ...WITHOUT_GOROUTINES])
  );
}

/** Scripts with tests of their own; `npm run package` itself takes minutes and is not one of them. */
const SCRIPTS = ['start', 'smoke', 'package', 'docs'];

/** What reads the code: each mostly on one processor, so that two can be at it. What they print does not mix. */
const LINT = [['Lint', () => runInOnePiece(toolPath('eslint'), ['--max-warnings', '0', '.'])]];
const BESIDE_LINT = [
  ['Format', () => runInOnePiece(toolPath('prettier'), ['--check', '--log-level', 'warn', '.'])],
  ['Format of Go', goFormat],
  ['Types', () => runInOnePiece(toolPath('tsc'), ['--noEmit'])],
  ['Vet', () => runInOnePiece('go', ['vet', './...'])],
  ['Staticcheck', () => runInOnePiece('go', ['tool', 'staticcheck', './...'])],
];

const TESTS = [
  [
    'Scripts',
    () => run(process.execPath, ['--test', ...SCRIPTS.map((name) => path.join('scripts', `${name}.test.mjs`))]),
  ],
  ['Unit tests', () => runTool('jest', ['--maxWorkers', '2'])],
  ['Go tests', goTests],
];

/** The build of the front end, mostly on one processor too, beside what is no test of times. */
const BUILD = [['Build', () => runInOnePiece('npm', ['run', 'build'])]];
const BESIDE_BUILD = [
  ['Fuzzing', () => run(process.execPath, ['scripts/fuzz.mjs'])],
  ['Supply chain', () => run(process.execPath, ['scripts/supply.mjs'])],
  // A module of its own: see deploy/go.mod.
  [
    'Deployment',
    () =>
      inTurn(
        // Go keeps results until a file of the module changes; what is tested here lies outside of it (docs/, src/).
        () => run('go', ['-C', 'deploy', 'test', '-count=1', './...']),
        () => run('go', ['-C', 'deploy', 'vet', './...']),
        staticcheckDeployment
      ),
  ],
];

const LAST = [['End to end', () => runTool('playwright', ['test'])]];

/** One after another; the lists of a step side by side. */
const STEPS = [[LINT, BESIDE_LINT], [TESTS], [BUILD, BESIDE_BUILD], [LAST]];

const failed = [];

async function runSections(sections) {
  for (const [name, section] of sections) {
    process.stdout.write(`\n=== ${name}\n`);
    const before = Date.now();
    const code = await section();
    const seconds = Math.round((Date.now() - before) / 1000);
    process.stdout.write(`--- ${name}: ${code === 0 ? 'passed' : 'FAILED'} in ${seconds} s\n`);
    if (code !== 0) {
      failed.push(name);
    }
  }
}

for (const lanes of STEPS) {
  await Promise.all(lanes.map(runSections));
}
const count = STEPS.flat(2).length;
if (failed.length > 0) {
  process.stdout.write(`\nFailed: ${failed.join(', ')}\n`);
}
process.stdout.write(`\n${count - failed.length} passed, ${failed.length} failed\n`);
process.exit(failed.length === 0 ? 0 : 1);
