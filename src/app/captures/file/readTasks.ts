import { readFileSteps } from '../../../formats';

/** What the worker's script does; without a worker the page does the same in slices. */
export const READ_TASKS = { read: readFileSteps };
