/** `npm run nightly`: what takes too long for every change. Goes on after a failure and says at the end what failed. */
import { run } from './run.mjs';

const GO = ['test', '-count=1', '-v', '-timeout', '60m'];

const SECTIONS = [
  [
    'A store killed a hundred times',
    () => run('go', [...GO, '-run', 'TestKilledStore', './cmd/store'], { FLAMEWATCH_KILLS: '100' }),
  ],
  [
    '200 dashboard users at once',
    () => run('go', [...GO, '-run', 'TestManyUsersAtOnce', './pkg/datasource'], { FLAMEWATCH_USERS: '200' }),
  ],
  ['Fuzzing with coverage', () => run(process.execPath, ['scripts/fuzz.mjs'], { FLAMEWATCH_FUZZ_SECONDS: '60' })],
  ['Imports of other versions of Grafana', () => run(process.execPath, ['scripts/compat.mjs'])],
  ['Pages of other versions of Grafana', () => run(process.execPath, ['scripts/compatPage.mjs'])],
  ['Supply chain', () => run(process.execPath, ['scripts/supply.mjs'])],
];

const failed = [];
for (const [name, section] of SECTIONS) {
  process.stdout.write(`\n=== ${name}\n`);
  if ((await section()) !== 0) {
    failed.push(name);
  }
}
process.stdout.write(failed.length === 0 ? '\nAll held.\n' : `\nFailed: ${failed.join(', ')}\n`);
process.exit(failed.length === 0 ? 0 : 1);
