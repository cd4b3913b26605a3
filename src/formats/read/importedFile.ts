import type { StackProfile } from '../stackProfile';

/** A file as it was read: one profile, or one a thread or process. */
export interface ImportedFile {
  /** Name of the format, as the formats' own tools write it. */
  readonly format: string;
  readonly parts: readonly ProfilePart[];
  /** What the reader left out or assumed, a sentence each. */
  readonly notices: readonly string[];
}

export interface ProfilePart {
  /** Thread, process or profile as the file names it; '' when there is nothing to tell apart. */
  readonly name: string;
  readonly profile: StackProfile;
  /** Index of the sample type to show first. */
  readonly defaultType: number;
  /** The two sample types are what is compared: baseline and comparison of one difference. */
  readonly isDiff?: boolean;
  /** When each sample was taken, in files that are ordered in time. */
  readonly timeline?: Timeline;
}

/** One entry a sample of the part, ascending, not overlapping. */
export interface Timeline {
  /** pprof's words: nanoseconds, microseconds, seconds … or count for steps without a clock. */
  readonly unit: string;
  readonly start: Float64Array;
  readonly end: Float64Array;
}
