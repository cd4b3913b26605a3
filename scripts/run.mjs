/** Runs the commands that the scripts are made of. */
import { spawn } from 'node:child_process';

import { ROOT } from './project.mjs';

/**
 * Runs a command in the project's folder, its output going where this one's goes.
 *
 * @returns its exit code, 1 when a signal ended it; a command that does not exist is said so and gives 127
 */
export function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, ...env },
      // npm and npx are scripts on Windows, which only a shell starts.
      shell: process.platform === 'win32',
    });
    child.on('error', (error) => {
      process.stderr.write(`${command} could not be started: ${error.message}\n`);
      resolve(127);
    });
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** Runs a tool of node_modules. */
export function runTool(name, args, env) {
  return run('npx', ['--no-install', name, ...args], env);
}
