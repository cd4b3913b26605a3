/** The demo services that are no Go programs: one in Node, and one in Python where there is a Python. */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { ROOT } from './project.mjs';

const SERVICES = path.join(ROOT, 'playground', 'services');
const STOREFRONT = path.join(SERVICES, 'storefront', 'main.mjs');
const RECOMMENDER = path.join(SERVICES, 'recommender', 'main.py');
const REQUIREMENTS = path.join(SERVICES, 'recommender', 'requirements.txt');

/** pyroscope-io is built for these and newer. */
const PYTHON = { major: 3, minor: 9 };

/** How long pip may take, in ms. */
const INSTALLS_WITHIN = 120_000;

/** Starts the service in Node; its SDK is not built for every platform. */
export function startStorefront(children, profilesUrl) {
  const env = { PROFILES_URL: profilesUrl };
  children.start('storefront', process.execPath, [STOREFRONT], { env, mayEnd: true });
}

/** @returns the command of a Python that is new enough, if there is one */
export function findPython(candidates = ['python3', 'python']) {
  return candidates.find((command) => {
    const { stdout, status } = spawnSync(command, ['--version'], { encoding: 'utf8' });
    const [, major, minor] = /^Python (\d+)\.(\d+)/.exec(stdout ?? '') ?? [];
    return status === 0 && Number(major) === PYTHON.major && Number(minor) >= PYTHON.minor;
  });
}

/**
 * Starts the service in Python; its packages are installed into a folder of their own first, which may take a while.
 *
 * @param {string} folder where its packages are kept
 * @param {AbortSignal} signal ends the installation
 * @throws an Error that says why there is none
 */
export async function startRecommender(children, profilesUrl, folder, signal) {
  const python = findPython();
  if (!python) {
    throw new Error(`no Python ${PYTHON.major}.${PYTHON.minor} or newer was found`);
  }
  const installed = await installPython(python, folder, signal);
  signal.throwIfAborted();
  children.start('recommender', installed, [RECOMMENDER], { env: { PROFILES_URL: profilesUrl }, mayEnd: true });
}

/**
 * A virtual environment with what the requirements name, made once.
 *
 * @returns the path of its Python
 */
async function installPython(python, folder, signal) {
  const wanted = createHash('sha256')
    .update(await readFile(REQUIREMENTS))
    .digest('hex');
  const mark = path.join(folder, 'installed');
  const program = path.join(folder, ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']));
  if (existsSync(program) && existsSync(mark) && (await readFile(mark, 'utf8')) === wanted) {
    return program;
  }
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await succeed(python, ['-m', 'venv', folder], signal);
  await succeed(
    program,
    ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS],
    signal
  );
  await writeFile(mark, wanted);
  return program;
}

/** Runs a command to its end. @throws an Error with what it said last */
function succeed(command, args, signal) {
  return new Promise((resolve, reject) => {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(INSTALLS_WITHIN)]);
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], signal: limited });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text) => (said = (said + text).slice(-2_000)));
    }
    child.once('error', reject);
    child.once('exit', (code) => {
      const last = said.trim().split('\n').at(-1);
      return code === 0 ? resolve() : reject(new Error(last || `${command} ended with code ${code}`));
    });
  });
}
