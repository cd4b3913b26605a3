import { framesOf, type StackProfile } from './stackProfile';

/** What would end a frame or a line in the format; it has no escape. */
const SEPARATORS = /[;\r\n]/g;

/**
 * Collapsed stacks, one a line: frames from the outermost, joined by ';', a space, the value. Several sample types
 * give several values, as difffolded.pl writes a diff. Values are rounded, which the format demands; lines without any
 * value are left out. Source: github.com/brendangregg/FlameGraph.
 */
export function writeCollapsed(profile: StackProfile): string {
  const names = profile.frames.map((frame) => frame.name.replace(SEPARATORS, ' ') || '(unnamed)');
  const lines = new Map<string, number[]>();
  profile.sampleStack.forEach((stack, sample) => {
    const line = framesOf(profile, stack)
      .map((frame) => names[frame])
      .join(';');
    const sums = lines.get(line) ?? profile.values.map(() => 0);
    profile.values.forEach((column, type) => (sums[type] += column[sample]));
    lines.set(line, sums);
  });
  return [...lines]
    .map(([line, sums]) => ({ line: line || '(no stack)', sums: sums.map(Math.round) }))
    .filter(({ sums }) => sums.some((sum) => sum !== 0))
    .map(({ line, sums }) => `${line} ${sums.join(' ')}\n`)
    .join('');
}
