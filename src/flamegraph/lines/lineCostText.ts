import { costText } from '../facts/costText';
import type { Scale } from '../facts/nodeFacts';
import { shareText } from '../facts/shareText';

import type { Cost, FileLines, FunctionLines } from './functionLines';

/** Writes what lines of a file cost: value and share of the function, in a diff both sides and the change. */
export function lineCostText(file: FileLines, kind: FunctionLines['kind'], scale: Scale) {
  const shareOf = (value: number, { total }: Cost) => shareText(value / total);
  return (which: keyof Cost, line: Cost & { readonly baseline?: Cost }): string => {
    const value = line[which];
    const before = line.baseline?.[which] ?? 0;
    if (value === 0 && before === 0) {
      return '';
    }
    if (!file.baseline) {
      const share = shareOf(value, file);
      return kind === 'level' ? share : `${scale.formatValue(value)} (${share})`;
    }
    if (kind === 'level') {
      return `${shareOf(before, file.baseline)} → ${shareOf(value, file)}`;
    }
    const right = value * scale.comparisonScale;
    return costText(before + right, right, scale);
  };
}
