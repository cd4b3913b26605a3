import type { CallTree } from '../../engine/callTree';
import { type CallEdges, neighbours } from '../../engine/report/callGraph';
import type { TopTable } from '../../engine/topTable';

/** A function beside the one in the middle, and what the calls between the two cost. */
export interface Call {
  readonly label: number;
  /** In units of the tree, in a diff both sides added; and the comparison's part. */
  readonly total: number;
  readonly totalRight: number;
}

export interface Calls {
  readonly callers: readonly Call[];
  readonly callees: readonly Call[];
}

/** Who calls a function and whom it calls, the heaviest first: one entry of `pprof -tree`. */
export function callsOf(edges: CallEdges, label: number): Calls {
  const { callers, callees } = neighbours(edges, label);
  const call = (edge: number, other: Uint32Array): Call => ({
    label: other[edge],
    total: edges.total[edge],
    totalRight: edges.totalRight?.[edge] ?? 0,
  });
  return {
    callers: callers.map((edge) => call(edge, edges.caller)),
    callees: callees.map((edge) => call(edge, edges.callee)),
  };
}

/** Row of the function in the middle: the named one, else that with the largest self; undefined in an empty profile. */
export function pivotRow(tree: CallTree, table: TopTable, name: string | undefined): number | undefined {
  let heaviest: number | undefined;
  for (let row = 0; row < table.size; row++) {
    if (name !== undefined && tree.labels[table.label[row]] === name) {
      return row;
    }
    if (heaviest === undefined || table.self[row] > table.self[heaviest]) {
      heaviest = row;
    }
  }
  return heaviest;
}
