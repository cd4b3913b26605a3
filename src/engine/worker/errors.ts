import { IngestError, isIngestError, type IngestProblem } from '../ingest/ingestError';
import type { SentError } from './messages';

export function sendableError(error: unknown): SentError {
  if (isIngestError(error)) {
    return { name: error.name, message: error.message, details: { problem: error.problem, row: error.row } };
  }
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { name, message, details: {} };
}

/** The error as it was thrown in the worker, as far as others tell it by its class or name. */
export function revivedError({ name, message, details }: SentError): Error {
  if (name === 'IngestError') {
    return new IngestError(details.problem as IngestProblem, message, details.row as number | undefined);
  }
  const error = name === 'RangeError' ? new RangeError(message) : new Error(message);
  error.name = name;
  return error;
}
