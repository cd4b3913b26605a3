import type { GrafanaTheme2 } from '@grafana/data';

import type { CallTree } from '../../engine/callTree';
import type { Scale } from '../facts/nodeFacts';
import type { ResolvedState } from '../state/resolve';
import type { Search } from '../state/useSearch';

/** What the profile's values are, for files that say so. */
export interface Measured {
  /** Name of the profile type's sample: 'cpu', 'inuse_space'. */
  readonly sampleType: string;
  /** Unit in the words of pprof: 'nanoseconds', 'bytes', 'count'. */
  readonly unit: string;
  /** Time range, ms since the epoch. */
  readonly from: number;
  readonly to: number;
}

export interface ExportRequest {
  /** The profile to write: with the filters that are set, or as it was given. */
  readonly profile: CallTree;
  /** The tree as it is drawn: inverted, or the callees of a sandwich. */
  readonly drawn: CallTree;
  readonly state: ResolvedState;
  readonly search: Search;
  readonly scale: Scale;
  readonly theme: GrafanaTheme2;
  readonly measured: Measured;
  /** Name of the file without its extension. */
  readonly title: string;
  /** Aborted when nobody wants the file any more. */
  readonly signal?: AbortSignal;
  /** Told the share that is done, 0 to 1, by what takes long. */
  readonly onProgress?: (done: number) => void;
}

export interface ExportedFile {
  readonly name: string;
  readonly type: string;
  /** Whole, or in pieces, the first one first. */
  readonly content: BlobPart | BlobPart[];
}

/** One way to save a flame graph as a file. */
export interface Exporter {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** A picture shows the graph as it is drawn; the others can also be written of the whole profile without filters. */
  readonly isPicture: boolean;
  write(request: ExportRequest): ExportedFile | Promise<ExportedFile>;
}
