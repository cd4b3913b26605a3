import { UnreadableFile } from './unreadable';

/**
 * Since version 1.9 of opentelemetry-proto all profiles of a file share one dictionary, with stacks; before, samples
 * pointed into lists of locations that lay elsewhere in every version. What they mean there cannot be told apart from the
 * numbers alone, so a file of those is refused.
 */
export function beforeDictionary(): UnreadableFile {
  return new UnreadableFile(
    'The OTLP profiles are of a version of opentelemetry-proto before 1.9, in which stacks were laid out otherwise. Record them with a collector or profiler that writes 1.9 or later, or as pprof.'
  );
}
