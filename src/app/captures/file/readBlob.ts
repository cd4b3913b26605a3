import { t } from '@grafana/i18n';

import { runSliced } from '../../../engine';
import { createRunner, type RunOptions, StoppedError } from '../../../engine/worker/runner';
import { READ_LIMITS, type ReadFile, readFileSteps } from '../../../formats';
import { RAW } from '../../../flamegraph/raw';

import { READ_TASKS } from './readTasks';
import { startImportWorker } from './startImportWorker';
import { stopIfAborted } from './stopIfAborted';

const MIB = 2 ** 20;
/** Longer than any file of the size that is read takes on a slow machine. */
const AT_MOST_MS = 10 * 60_000;
/** What the page itself reads where no worker is to be had: parsing JSON cannot be cut into slices. */
const MOST_IN_PAGE = 32 * MIB;

/**
 * Reads a file in a worker of its own, which is ended when the signal is aborted.
 *
 * @throws UnreadableFile (by its name) with a sentence, the signal's reason, and errors of the browser
 */
export async function readBlob(blob: Blob, options: RunOptions): Promise<ReadFile> {
  // Before its bytes are fetched into memory.
  if (blob.size > READ_LIMITS.packed) {
    const sizes = { size: Math.round(blob.size / MIB), most: READ_LIMITS.packed / MIB, ...RAW };
    throw new Error(
      t(
        'app.files.too-large',
        'The file has {{size}} MiB; at most {{most}} MiB are read. Record a shorter time.',
        sizes
      )
    );
  }
  const bytes = new Uint8Array(await blob.arrayBuffer());
  stopIfAborted(options.signal);
  const runner = createRunner({ tasks: READ_TASKS, startWorker: startImportWorker });
  try {
    return await runner.run('read', [bytes], { ...options, atMostMs: AT_MOST_MS });
  } catch (error) {
    if (error instanceof StoppedError && error.cause === 'no worker' && blob.size <= MOST_IN_PAGE) {
      return runSliced(readFileSteps(bytes), options);
    }
    throw error instanceof StoppedError ? new Error(stoppedSentence(error)) : error;
  } finally {
    runner.dispose();
  }
}

function stoppedSentence({ cause }: StoppedError): string {
  return cause === 'too long'
    ? t('app.files.too-long', 'The file took too long to read. Record a shorter time.')
    : t('app.files.no-memory', 'The browser ran out of memory, or allows no worker. Record a shorter time.');
}
