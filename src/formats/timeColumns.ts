import { SYNTHETIC_ROOT, type FlameColumns, type Steps } from '../engine';

import type { ProfilePart } from './read/importedFile';
import { UnreadableFile } from './read/unreadable';
import { framesOf } from './stackProfile';
import { commonUnit } from './units';

/** Stands where nothing was sampled or ran: the width of a flame graph has no holes. */
export const NO_SAMPLE = '(no sample)';

const BATCH = 1 << 12;
/** Frames that can be drawn. */
const MOST_ROWS = 4_000_000;
/** A gap below this share of the whole is an error of rounding. */
const ROUNDING = 1e-9;

/**
 * The samples of one thread in the order of time, for a flame graph whose width is time: calls stay apart unless one
 * sample after the other has them. Undefined for a part without times.
 *
 * @throws UnreadableFile when there are more frames than can be drawn
 */
export function* timeColumnsSteps({ profile, timeline }: ProfilePart): Steps<FlameColumns | undefined> {
  if (!timeline) {
    return undefined;
  }
  const { frames, sampleStack } = profile;
  const { factor } = commonUnit(timeline.unit);
  const count = sampleStack.length;
  const texts = [SYNTHETIC_ROOT, NO_SAMPLE];
  const ids = new Map<string, number>(texts.map((text, id) => [text, id]));
  const labels = frames.map(({ name }) => {
    let id = ids.get(name);
    if (id === undefined) {
      id = texts.push(name) - 1;
      ids.set(name, id);
    }
    return id;
  });
  const rows = new Rows();
  const begin = count > 0 ? timeline.start[0] : 0;
  const tolerance = count > 0 ? (timeline.end[count - 1] - begin) * ROUNDING : 0;
  let last = begin;
  for (let sample = 0; sample < count; sample++) {
    const given = Math.max(timeline.start[sample], last);
    const start = given - last > tolerance ? given : last;
    const end = Math.max(timeline.end[sample], start);
    if (start > last) {
      rows.show([1], (start - last) * factor);
    }
    if (end > start) {
      const names = framesOf(profile, sampleStack[sample]).map((frame) => labels[frame]);
      rows.show(names.length > 0 ? names : [1], (end - start) * factor);
    }
    last = end;
    if (rows.level.length > MOST_ROWS) {
      throw new UnreadableFile(
        `In the order of time there are more than ${MOST_ROWS} frames, which cannot be drawn. Look at the merged view.`
      );
    }
    if (sample % BATCH === 0) {
      yield sample / count;
    }
  }
  return {
    level: Float64Array.from(rows.level),
    label: { index: Float64Array.from(rows.label), text: texts },
    value: Float64Array.from(rows.value),
    self: Float64Array.from(rows.self),
  };
}

/** Rows of a flame graph that grows at its right end. */
class Rows {
  readonly level = [0];
  readonly label = [0];
  readonly value = [0];
  readonly self = [0];
  /** Rows from the root to the frame that runs. */
  private readonly open = [0];

  /** Lets the stack, outermost first, run for a time. */
  show(stack: readonly number[], duration: number) {
    const { level, label, value, self, open } = this;
    let same = 0;
    while (same < stack.length && same + 1 < open.length && label[open[same + 1]] === stack[same]) {
      same++;
    }
    open.length = same + 1;
    for (let depth = same; depth < stack.length; depth++) {
      open.push(level.length);
      level.push(depth + 1);
      label.push(stack[depth]);
      value.push(0);
      self.push(0);
    }
    for (const row of open) {
      value[row] += duration;
    }
    self[open[open.length - 1]] += duration;
  }
}
