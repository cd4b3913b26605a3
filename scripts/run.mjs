/** Runs the commands that the scripts are made of. */
import { spawn } from 'node:child_process';
import path from 'node:path';

import { ROOT } from './project.mjs';

/** npm and what node_modules/.bin holds are scripts on Windows, which only a shell starts. */
const SHELL = process.platform === 'win32';

/**
 * Runs a command in the project's folder, its output going where this one's goes.
 *
 * @returns its exit code, 1 when a signal ended it; a command that does not exist is said so and gives 127
 */
export function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env }, shell: SHELL });
    child.on('error', (error) => {
      process.stderr.write(`${command} could not be started: ${error.message}\n`);
      resolve(127);
    });
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** As run, but what the command prints comes when it ends: for commands that run side by side. */
export function runInOnePiece(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, shell: SHELL });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => {
      process.stderr.write(`${command} could not be started: ${error.message}\n`);
      resolve(127);
    });
    child.on('close', (code) => {
      process.stdout.write(output);
      resolve(code ?? 1);
    });
  });
}

/** Runs a tool of node_modules. */
export function runTool(name, args, env) {
  return run(toolPath(name), args, env);
}

/** @returns where a tool of node_modules is */
export function toolPath(name) {
  return path.join(ROOT, 'node_modules', '.bin', SHELL ? `${name}.cmd` : name);
}

/**
 * Runs a command without showing what it prints, unless it fails.
 *
 * @throws an Error with its output when it fails or does not exist
 */
export function runQuietly(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, env: { ...process.env, ...env }, shell: SHELL });
    const end = () => child.kill();
    process.once('exit', end);
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => reject(new Error(`${command} could not be started: ${error.message}`)));
    child.on('close', () => process.off('exit', end));
    child.on('close', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`${path.basename(command)} ${args.join(' ')} failed:\n${output}`))
    );
  });
}
