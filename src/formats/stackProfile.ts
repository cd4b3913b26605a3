/** What every format is read into and written from: weighted stacks over tables of frames, free of any tool's model. */
export interface StackProfile {
  /** One a measure, e.g. {type: 'cpu', unit: 'nanoseconds'}. */
  readonly sampleTypes: readonly SampleType[];
  readonly frames: readonly Frame[];
  /**
   * Stacks share their callers: stack i is stack `stackParent[i]` with frame `stackFrame[i]` called from it. A parent
   * comes before its children; -1 is the parent of an outermost frame.
   */
  readonly stackParent: readonly number[];
  readonly stackFrame: readonly number[];
  /** Stack of each sample, -1 for a sample without frames. */
  readonly sampleStack: readonly number[];
  /** One column a sample type, each as long as sampleStack, in the type's unit. */
  readonly values: readonly Float64Array[];
}

export interface SampleType {
  readonly type: string;
  /** pprof's words: nanoseconds, bytes, count … */
  readonly unit: string;
}

export interface Frame {
  readonly name: string;
  readonly file?: string;
  /** Counted from 1. */
  readonly line?: number;
}

/** Stacks and frames fit in 26 bits each, so that a pair makes one exact number. */
const PAIR = 2 ** 26;

/** Builds a profile sample by sample; equal frames and equal stacks are kept once. */
export class StackProfileBuilder {
  private readonly frames: Frame[] = [];
  private readonly frameIds = new Map<string, number>();
  private readonly stackParent: number[] = [];
  private readonly stackFrame: number[] = [];
  private readonly stackIds = new Map<number, number>();
  private readonly sampleStack: number[] = [];
  private readonly values: number[][];

  constructor(private readonly sampleTypes: readonly SampleType[]) {
    this.values = sampleTypes.map(() => []);
  }

  /** Id of a frame. */
  frame(name: string, file?: string, line?: number): number {
    const key = file === undefined && line === undefined ? name : `${name}\0${file ?? ''}\0${line ?? ''}`;
    let id = this.frameIds.get(key);
    if (id === undefined) {
      id = this.frames.length;
      this.frames.push({ name, ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line }) });
      this.frameIds.set(key, id);
    }
    return id;
  }

  /** Id of the stack in which `frame` was called from stack `parent` (-1: from nowhere). */
  stack(parent: number, frame: number): number {
    const key = (parent + 1) * PAIR + frame;
    let id = this.stackIds.get(key);
    if (id === undefined) {
      id = this.stackParent.length;
      if (id >= PAIR - 1) {
        throw new RangeError('The profile has more than 67 million different stacks.');
      }
      this.stackParent.push(parent);
      this.stackFrame.push(frame);
      this.stackIds.set(key, id);
    }
    return id;
  }

  /** Adds a sample with one value a sample type. */
  add(stack: number, values: readonly number[]): void {
    this.sampleStack.push(stack);
    this.values.forEach((column, type) => column.push(values[type] ?? 0));
  }

  build(): StackProfile {
    return {
      sampleTypes: this.sampleTypes,
      frames: this.frames,
      stackParent: this.stackParent,
      stackFrame: this.stackFrame,
      sampleStack: this.sampleStack,
      values: this.values.map((column) => Float64Array.from(column)),
    };
  }
}

/** Frame ids of a stack, outermost first. */
export function framesOf(profile: StackProfile, stack: number): number[] {
  const frames: number[] = [];
  for (let at = stack; at >= 0; at = profile.stackParent[at]) {
    frames.push(profile.stackFrame[at]);
  }
  return frames.reverse();
}
