import type { WorkerLike } from '../../../engine/worker/workerLink';

/**
 * Starts the script that webpack puts beside the app's other chunks; see src/flamegraph/worker/startWorker.ts. What it
 * shares with the app is in a chunk that it finds beside itself: the app's own path is none of a worker's.
 */
export function startImportWorker(): WorkerLike {
  return new Worker(
    /* webpackChunkName: "import-worker", webpackEntryOptions: { library: { type: "none" }, publicPath: "auto" } */ new URL(
      './import.worker.ts',
      import.meta.url
    )
  );
}
