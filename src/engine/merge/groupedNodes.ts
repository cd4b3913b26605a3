/** A merged tree before it is measured: who calls whom and what each costs, but not yet totals and positions. */
export interface GroupedNodes {
  size: number;
  /** Level order; children side by side; numbered as in a CallTree. */
  label: Uint32Array;
  parent: Uint32Array;
  childStart: Uint32Array;
  self: Float64Array;
  selfRight?: Float64Array;
  /** 1 where nodes below were left out because of a limit. */
  truncated?: Uint8Array;
  levelOffsets: Uint32Array;
}
