import { serve, type WorkerScope } from '../../../engine/worker/serve';

import { READ_TASKS } from './readTasks';

// TypeScript takes every script for a page's; in a worker `self` is the worker.
serve(self as unknown as WorkerScope, READ_TASKS);
