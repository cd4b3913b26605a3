import type { WorkerLike } from '../../engine/worker/workerLink';

/**
 * Starts the script that webpack puts beside the plugin's other chunks. Throws where a policy forbids it or where the
 * plugin comes from another origin than the page.
 */
export function startWorker(): WorkerLike {
  // With another type of library than the plugin's own the script is not wrapped as an AMD module: a worker has no
  // `define`.
  return new Worker(
    /* webpackChunkName: "flamegraph-worker", webpackEntryOptions: { library: { type: "none" } } */ new URL(
      './flamegraph.worker.ts',
      import.meta.url
    )
  );
}
