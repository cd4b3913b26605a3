import type { AnsweredProfile } from './answerWith';

/** A profile of so many rows: every frame has two callees until the rows are used up, and 500 names take turns. */
export function largeProfile(rows: number): AnsweredProfile {
  const levels = Math.ceil(Math.log2(rows + 1));
  const names = Array.from({ length: 500 }, (_, at) => `service/package${at % 40}.(*Type${at % 7}).method${at}`);
  const columns = { level: [] as number[], value: [] as number[], self: [] as number[], label: [] as number[] };
  const { level, value, self, label } = columns;
  const open: Array<{ level: number; value: number }> = [{ level: 0, value: 2 ** levels }];
  while (open.length > 0 && level.length < rows) {
    const frame = open.pop()!;
    const below = frame.level + 1 < levels ? frame.value / 2 : 0;
    level.push(frame.level);
    value.push(frame.value);
    label.push((level.length * 7919) % names.length);
    if (below >= 1) {
      open.push({ level: frame.level + 1, value: below }, { level: frame.level + 1, value: below });
    }
  }
  for (let row = 0; row < level.length; row++) {
    const children = (level[row + 1] ?? 0) > level[row] ? childrenOf(level, value, row) : 0;
    self.push(value[row] - children);
  }
  return { columns, names };
}

function childrenOf(level: number[], value: number[], row: number): number {
  let sum = 0;
  for (let next = row + 1; next < level.length && level[next] > level[row]; next++) {
    sum += level[next] === level[row] + 1 ? value[next] : 0;
  }
  return sum;
}
