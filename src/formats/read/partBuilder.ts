import { StackProfileBuilder, type SampleType } from '../stackProfile';

import type { ProfilePart } from './importedFile';
import type { FileLimits } from './limits';
import { UnreadableFile } from './unreadable';

/** Sums of millions of such values, in any unit, are finite. */
const TOO_LARGE = 1e30;

/** Builds one profile of a file within the limits; with times when samples are added with theirs. */
export class PartBuilder {
  private readonly builder: StackProfileBuilder;
  private readonly depths: number[] = [];
  private readonly start: number[] = [];
  private readonly end: number[] = [];
  private samples = 0;

  constructor(
    private readonly sampleTypes: readonly SampleType[],
    private readonly limits: FileLimits,
    private readonly timeUnit?: string
  ) {
    if (limits.partsLeft-- <= 0) {
      throw new UnreadableFile(
        `The file has more than ${limits.parts} profiles or threads, which is the most that is read. Record a shorter time, or fewer threads.`
      );
    }
    this.builder = new StackProfileBuilder(sampleTypes);
  }

  /** Id of a frame; one without a name is shown as such. */
  frame(name: string, file?: string, line?: number): number {
    return this.builder.frame(
      name === '' ? '(unnamed)' : name,
      file === '' ? undefined : file,
      line !== undefined && line > 0 ? line : undefined
    );
  }

  /** Id of the stack in which `frame` was called from stack `parent` (-1: from nowhere). */
  stack(parent: number, frame: number): number {
    const stack = this.builder.stack(parent, frame);
    if (stack === this.depths.length) {
      const depth = parent < 0 ? 1 : this.depths[parent] + 1;
      if (depth > this.limits.depth) {
        throw new UnreadableFile(
          `A stack has more than ${this.limits.depth} frames; the file is damaged, or a recursion ran away while it was recorded.`
        );
      }
      if (stack >= this.limits.stacks) {
        throw new UnreadableFile(
          `The file has more than ${this.limits.stacks} different stacks. Record a shorter time, or fewer threads.`
        );
      }
      this.depths.push(depth);
    }
    return stack;
  }

  /** Id of the stack of some frames, outermost first; -1 for none. */
  stackOf(frames: Iterable<number>): number {
    let stack = -1;
    for (const frame of frames) {
      stack = this.stack(stack, frame);
    }
    return stack;
  }

  add(stack: number, values: readonly number[]) {
    if (!values.every((value) => Math.abs(value) < TOO_LARGE)) {
      throw new UnreadableFile(
        `The file is damaged: sample ${this.samples + 1} has the value ${values.join(', ')}, to which no profiler counts.`
      );
    }
    this.builder.add(stack, values);
    this.samples++;
  }

  /** Adds a sample that was taken from `start` to `end`, in the unit of the part's times, no earlier than the last. */
  addTimed(stack: number, values: readonly number[], start: number, end: number) {
    this.add(stack, values);
    this.start.push(start);
    this.end.push(end);
  }

  isEmpty(): boolean {
    return this.samples === 0;
  }

  /** The profile; `defaultType` counts from the end when it is negative. */
  build(name = '', defaultType = -1): ProfilePart {
    const { timeUnit, start, end } = this;
    return {
      name,
      profile: this.builder.build(),
      defaultType: Math.max(0, defaultType < 0 ? this.sampleTypes.length + defaultType : defaultType),
      ...(timeUnit !== undefined &&
        start.length === this.samples && {
          timeline: { unit: timeUnit, start: Float64Array.from(start), end: Float64Array.from(end) },
        }),
    };
  }
}
