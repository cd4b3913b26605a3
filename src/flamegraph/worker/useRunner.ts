import { useEffect, useState } from 'react';

import { createRunner, type TaskRunner } from '../../engine/worker/runner';

import { startWorker } from './startWorker';
import { TASKS } from './tasks';

export type Runner = TaskRunner<typeof TASKS>;

/** Runs long computations for a component: starts a worker once one is needed, and ends it with the component. */
export function useRunner(): Runner {
  const [runner] = useState<Runner>(() => createRunner({ tasks: TASKS, startWorker }));
  useEffect(() => () => runner.dispose(), [runner]);
  return runner;
}
