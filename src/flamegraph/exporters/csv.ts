import type { CallTree } from '../../engine/callTree';
import { relativeChange } from '../../engine/change';
import { topTable } from '../../engine/topTable';

/**
 * The table of functions as RFC 4180: self and total in units of the profile, shares as fractions; in a diff both sides
 * and the relative change of the total. The heaviest self first.
 *
 * @param comparisonScale by what the comparison's values in the tree are multiplied
 */
export function writeCsv(tree: CallTree, comparisonScale = 1): string {
  const table = topTable(tree);
  const { diff } = table;
  const whole = tree.end[0];
  const order = Array.from({ length: table.size }, (_, row) => row).sort((a, b) => table.self[b] - table.self[a]);
  const lines = order.map((row) => {
    const name = quoted(tree.labels[table.label[row]]);
    if (!diff) {
      return [name, table.self[row], table.total[row], table.total[row] / whole, table.nodes[row]];
    }
    const [selfRight, totalRight] = [diff.selfRight[row], diff.totalRight[row]];
    const [selfLeft, totalLeft] = [table.self[row] - selfRight, table.total[row] - totalRight];
    const change = relativeChange(totalLeft, totalRight);
    return [
      name,
      selfLeft,
      selfRight / comparisonScale,
      totalLeft,
      totalRight / comparisonScale,
      Number.isFinite(change) ? change : '',
      table.nodes[row],
    ];
  });
  const head = diff
    ? 'function,baseline self,comparison self,baseline total,comparison total,change,frames'
    : 'function,self,total,share,frames';
  return [head, ...lines.map((line) => line.join(','))].join('\r\n') + '\r\n';
}

/** Names can hold commas and quotes; those that a spreadsheet would take for a formula are marked as text. */
function quoted(name: string): string {
  const text = /^[=+\-@\t\r]/.test(name) ? `'${name}` : name;
  return `"${text.replaceAll('"', '""')}"`;
}
