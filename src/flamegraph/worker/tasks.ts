import { ingestSteps } from '../../engine/ingest/ingest';
import { matchNamesSteps } from '../../engine/search';
import { shapeSteps } from '../state/shape';

/** Computations over whole trees, which take longer than a frame; the worker's script serves the same. */
export const TASKS = { ingest: ingestSteps, shape: shapeSteps, match: matchNamesSteps };
