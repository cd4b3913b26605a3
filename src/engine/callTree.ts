/**
 * A call tree as flat arrays, and nothing else: what every operation of the engine reads and what the painter draws.
 *
 * Nodes are numbered in level order: node 0 is the root, then all nodes of level 1 from left to right, and so on. So
 * the children of a node stand side by side, a level is one contiguous run, and positions ascend within a level:
 * everything on the screen is found by binary search.
 */
export interface CallTree {
  /** Names of functions, each once; `label` indexes into it. */
  readonly labels: readonly string[];
  /** Number of nodes, the root included. */
  readonly size: number;
  /** Node i of level l satisfies levelOffsets[l] <= i < levelOffsets[l + 1]; length is the number of levels + 1. */
  readonly levelOffsets: Uint32Array;
  /** Left edge of each node in units of the profile, 0 at the left end of the root. */
  readonly start: Float64Array;
  /** Right edge; end - start is the node's total (in a diff: baseline total + comparison total). */
  readonly end: Float64Array;
  /** Value of the node without its children (in a diff: both sides added). */
  readonly self: Float64Array;
  /** Index into labels. */
  readonly label: Uint32Array;
  /** Node of the caller; the root's parent is the root. */
  readonly parent: Uint32Array;
  /** First child, and one past the last; equal for a leaf. Children of node i are childStart[i] .. childStart[i + 1]. */
  readonly childStart: Uint32Array;
  /** Position in depth-first order (callers before callees, left to right). */
  readonly depthFirst: Uint32Array;
  /** Depth-first position one past the node's subtree: d is inside i when depthFirst[i] <= d < subtreeEnd[i]. */
  readonly subtreeEnd: Uint32Array;
  /** Present when the tree compares two profiles. */
  readonly diff?: DiffColumns;
}

/** The comparison's part of each node; the baseline's is the rest. All in units of the profile. */
export interface DiffColumns {
  readonly totalRight: Float64Array;
  readonly selfRight: Float64Array;
}
