/** Programs that run together: when one ends, all end, and none outlives the script that started them. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

import { ROOT } from './project.mjs';

/** How long a program may take to end by itself, in ms; then it is killed. */
const GRACE = 6_000;

const WINDOWS = process.platform === 'win32';

export class Children {
  #running = new Map();
  #isStopping = false;
  #ended = deferred();

  constructor() {
    // The last resort: this script itself breaks off.
    process.on('exit', () => this.#running.forEach((child) => signalGroup(child, 'SIGKILL')));
  }

  /** Resolves with a sentence when a program ended by itself. */
  get oneEnded() {
    return this.#ended.promise;
  }

  /**
   * Starts a program; its lines are printed behind its name, unless `print` says otherwise.
   *
   * @param {string} name for the reader
   * @param {{ env?: Record<string, string>, print?: (line: string) => void, mayEnd?: boolean }} options `mayEnd`: the
   * others can do without it
   */
  start(name, command, args, options = {}) {
    const { env = {}, print = (line) => process.stderr.write(`[${name}] ${line}\n`), mayEnd = false } = options;
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: Ctrl-C reaches this script, which ends its programs in order.
      detached: !WINDOWS,
    });
    this.#running.set(name, child);
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', print);
    }
    const onEnd = (how) => {
      this.#running.delete(name);
      if (this.#isStopping) {
        return;
      }
      if (mayEnd) {
        print(`${how}; the rest goes on without it`);
      } else {
        this.#ended.resolve(`${name} ${how}`);
      }
    };
    child.on('error', (error) => onEnd(`could not be started: ${error.message}`));
    child.on('exit', (code, signal) => onEnd(`ended (${signal ?? `code ${code}`})`));
    return child;
  }

  /** Ends all programs and waits until they are gone: the last one started first, so that nobody loses whom it needs. */
  async stop() {
    this.#isStopping = true;
    for (const child of [...this.#running.values()].reverse()) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      const killer = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE);
      signalGroup(child, 'SIGTERM');
      await gone;
      clearTimeout(killer);
    }
  }
}

/** Signals a program and what it started itself. */
function signalGroup(child, signal) {
  try {
    if (WINDOWS) {
      child.kill(signal);
    } else if (child.pid) {
      process.kill(-child.pid, signal);
    }
  } catch (error) {
    if (error.code !== 'ESRCH') {
      throw error;
    }
  }
}

/** What Promise.withResolvers is from Node 22 on. */
function deferred() {
  let resolve;
  const promise = new Promise((settle) => (resolve = settle));
  return { promise, resolve };
}
