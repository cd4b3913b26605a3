import type { ShapeName } from '../engine/generate';

/** What both sides are asked to do. */
export type CaseName =
  | 'ingest'
  | 'retained'
  | 'full-frame'
  | 'zoom-median'
  | 'zoom-p99'
  | 'search'
  | 'table'
  | 'sandwich'
  | 'invert'
  | 'diff'
  | 'open'
  | 'answer'
  | 'bytes';

/** One line of the bench's table. */
export interface Row {
  readonly name: string;
  readonly run: CaseName;
  readonly shape: ShapeName;
  readonly unit: 'ms' | 'MB';
  /** Most that is allowed; absent where only the comparison is of interest. */
  readonly gate?: number;
  /** Least ratio to the peer that is asked for. */
  readonly ratioGate?: number;
  /** Device pixels per CSS pixel; 1 unless said otherwise. */
  readonly dpr?: number;
  /** The peer offers nothing of the kind. */
  readonly withoutPeer?: true;
}

/** The gates of a flame graph that is drawn at 60 frames a second. */
export const ROWS: readonly Row[] = [
  { name: 'ingest', run: 'ingest', shape: '10k', unit: 'ms' },
  { name: 'ingest', run: 'ingest', shape: '100k', unit: 'ms' },
  { name: 'ingest', run: 'ingest', shape: '1M', unit: 'ms', gate: 150, ratioGate: 10 },
  { name: 'memory retained', run: 'retained', shape: '1M', unit: 'MB', gate: 64 },
  { name: 'frame, full view', run: 'full-frame', shape: '10k', unit: 'ms' },
  { name: 'frame, full view', run: 'full-frame', shape: '100k', unit: 'ms' },
  { name: 'frame, full view', run: 'full-frame', shape: '1M', unit: 'ms', gate: 8, ratioGate: 10 },
  { name: 'frame, full view, dpr 2', run: 'full-frame', shape: '1M', unit: 'ms', dpr: 2 },
  { name: 'frame while zooming, median', run: 'zoom-median', shape: '100k', unit: 'ms' },
  { name: 'frame while zooming, median', run: 'zoom-median', shape: '1M', unit: 'ms', gate: 8, ratioGate: 10 },
  { name: 'frame while zooming, p99', run: 'zoom-p99', shape: '1M', unit: 'ms', gate: 16 },
  { name: 'frame while zooming, median, dpr 2', run: 'zoom-median', shape: '1M', unit: 'ms', dpr: 2 },
  { name: 'search, keystroke to repaint', run: 'search', shape: '1M', unit: 'ms', gate: 20 },
  { name: 'top table', run: 'table', shape: '1M', unit: 'ms', gate: 30 },
  { name: 'sandwich, most frequent label', run: 'sandwich', shape: '1M', unit: 'ms', gate: 250, ratioGate: 10 },
  { name: 'whole-tree invert', run: 'invert', shape: '1M', unit: 'ms', gate: 400, withoutPeer: true },
  { name: 'diff of two', run: 'diff', shape: '1M', unit: 'ms', gate: 600, withoutPeer: true },
  { name: 'answer to first frame', run: 'answer', shape: '10k', unit: 'ms' },
  { name: 'answer to first frame', run: 'answer', shape: '100k', unit: 'ms' },
  { name: 'answer to first frame', run: 'answer', shape: '1M', unit: 'ms' },
  { name: 'bytes of the answer', run: 'bytes', shape: '10k', unit: 'MB' },
  { name: 'bytes of the answer', run: 'bytes', shape: '100k', unit: 'MB' },
  { name: 'bytes of the answer', run: 'bytes', shape: '1M', unit: 'MB' },
  { name: 'open, 10,000 levels', run: 'open', shape: 'deep', unit: 'ms', gate: 1000 },
  { name: 'open, 200,000 siblings', run: 'open', shape: 'wide', unit: 'ms', gate: 1000 },
];
