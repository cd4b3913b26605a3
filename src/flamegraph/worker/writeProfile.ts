import type { CallTree } from '../../engine/callTree';
import { createRunner, type RunOptions } from '../../engine/worker/runner';

import { startWorker } from './startWorker';
import { WRITE_TASKS, type WriteRequest } from './writeTask';

/**
 * Writes a profile to a file of another tool: a large one in a worker of its own, which ends with the file.
 *
 * @throws the signal's reason once it is aborted, and a RangeError when the file would become too large
 */
export async function writeProfile(tree: CallTree, request: WriteRequest, options: RunOptions): Promise<Uint8Array[]> {
  const runner = createRunner({ tasks: WRITE_TASKS, startWorker });
  try {
    return await runner.run('write', [tree, request], options);
  } finally {
    runner.dispose();
  }
}
