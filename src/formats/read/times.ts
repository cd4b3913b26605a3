import type { PartBuilder } from './partBuilder';

/** A sample of a thread with the moment it was taken, in the part's unit. */
export interface TimedSample {
  readonly stack: number;
  readonly at: number;
  readonly weight: number;
}

interface InOrderOptions {
  readonly end?: number;
  /** Values of a sample that lasted so long; its weight alone by default. */
  readonly valuesOf?: (sample: TimedSample, duration: number) => readonly number[];
}

/**
 * Adds samples in the order of time; each lasts until the next one, the last until `end`. Clocks of several processors
 * differ by a little, so samples do not always come in order.
 */
export function addInOrder(
  part: PartBuilder,
  samples: readonly TimedSample[],
  { end, valuesOf = ({ weight }) => [weight] }: InOrderOptions = {}
) {
  const inOrder = samples.every((sample, i) => i === 0 || samples[i - 1].at <= sample.at);
  const ordered = inOrder ? samples : [...samples].sort((a, b) => a.at - b.at);
  const last = ordered.at(-1)?.at ?? 0;
  const usual = ordered.length > 1 ? (last - ordered[0].at) / (ordered.length - 1) : 1;
  const stop = end !== undefined && end > last ? end : last + usual;
  ordered.forEach((sample, i) => {
    const until = i + 1 < ordered.length ? ordered[i + 1].at : stop;
    part.addTimed(sample.stack, valuesOf(sample, until - sample.at), sample.at, until);
  });
}
