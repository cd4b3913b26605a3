import { runSliced } from '../../../engine';
import {
  FileWithoutSamples,
  mergedColumnsSteps,
  readFileSteps,
  type ImportedFile,
  type Measure,
  type SampleType,
  UnreadableFile,
} from '../../../formats';

import type { Take } from './CaptureAnswer';
import { PROFILE_KINDS, type ProfileName } from './profileKinds';
import type { CaptureTarget } from './targets';

/** A profile that can be shown and compared, wherever its samples are. */
export interface ComparableProfile {
  readonly id: string;
  readonly title: string;
  readonly sampleTypes: readonly SampleType[];
  /** Index of the sample type to show first. */
  readonly defaultType: number;
  /** Gets the samples of a type; rejects with a sentence. */
  measures(type: number, signal: AbortSignal): Promise<readonly Measure[]>;
}

/** A take of the session: its bytes, and its samples where a flame graph can be drawn of it. */
export interface CapturedProfile extends Take {
  readonly id: string;
  readonly title: string;
  readonly target: CaptureTarget;
  readonly instance: string;
  readonly name: ProfileName;
  /** What was added in some seconds, and not a profile as the program gave it. */
  readonly isDelta: boolean;
  /** Absent where it is only for downloading, or empty. */
  readonly samples?: ComparableProfile;
  /** Nothing was sampled. */
  readonly isEmpty?: boolean;
  /** Why there are no samples, or what is to be said of them. */
  readonly notices: readonly string[];
}

/** Reads the bytes of a take; one that cannot be read is told by a notice. */
export async function readSamples(
  { bytes }: Take,
  name: ProfileName,
  id: string,
  title: string,
  signal: AbortSignal
): Promise<Pick<CapturedProfile, 'samples' | 'isEmpty' | 'notices'>> {
  if (PROFILE_KINDS[name].downloadOnly) {
    return { notices: [] };
  }
  try {
    const read = await runSliced(readFileSteps(bytes), { signal });
    if (read.kind !== 'profile') {
      return { notices: [] };
    }
    return { samples: comparable(read.file, id, title), notices: [...read.file.notices] };
  } catch (error) {
    if (error instanceof FileWithoutSamples) {
      return { isEmpty: true, notices: [] };
    }
    if (error instanceof UnreadableFile) {
      return { notices: [error.message] };
    }
    throw error;
  }
}

function comparable({ parts }: ImportedFile, id: string, title: string): ComparableProfile {
  const [{ profile, defaultType }] = parts;
  return {
    id,
    title,
    sampleTypes: profile.sampleTypes,
    defaultType,
    measures: (type) => Promise.resolve(parts.map((part) => ({ profile: part.profile, type }))),
  };
}

/** Type of the second profile that measures the same as a type of the first; -1 where it has none. */
export function sameType(first: ComparableProfile, type: number, second: ComparableProfile): number {
  const wanted = first.sampleTypes[type];
  return second.sampleTypes.findIndex((one) => one.type === wanted.type && one.unit === wanted.unit);
}

/** Columns of a profile, or of what it is held against and it; rejects with a sentence. */
export async function columnsOfProfile(
  profile: ComparableProfile,
  type: number,
  baseline: ComparableProfile | undefined,
  signal: AbortSignal
) {
  const measures = await profile.measures(type, signal);
  if (!baseline) {
    return runSliced(mergedColumnsSteps([measures]), { signal });
  }
  const held = await baseline.measures(sameType(profile, type, baseline), signal);
  return runSliced(mergedColumnsSteps([held, measures]), { signal });
}
