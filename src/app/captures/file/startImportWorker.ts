import type { WorkerLike } from '../../../engine/worker/workerLink';

/** Starts the script that webpack puts beside the app's other chunks; see src/flamegraph/worker/startWorker.ts. */
export function startImportWorker(): WorkerLike {
  return new Worker(
    /* webpackChunkName: "import-worker", webpackEntryOptions: { library: { type: "none" } } */ new URL(
      './import.worker.ts',
      import.meta.url
    )
  );
}
