import { serve, type WorkerScope } from '../../engine/worker/serve';

import { TASKS } from './tasks';
import { WRITE_TASKS } from './writeTask';

// TypeScript takes every script for a page's; in a worker `self` is the worker.
serve(self as unknown as WorkerScope, { ...TASKS, ...WRITE_TASKS });
