/** What the backend tells while it captures (pkg/capture/progress.go). */
export interface CaptureProgress {
  phase: 'recording' | 'queueing' | 'waiting';
  /** Counts from 1, of `takes`. */
  take: number;
  takes: number;
  /** Seconds of the phase; `of` is 0 where its end is not known. */
  elapsed: number;
  of: number;
  bytes: number;
}

/** One take. */
export interface Take {
  bytes: Uint8Array;
  /** When it began, in milliseconds since the epoch. */
  at: number;
}

/** Why there is no profile: a sentence, and what to copy and apply where there is such a thing. */
export interface CaptureProblem {
  message: string;
  remedy?: string;
}

interface Line {
  progress?: CaptureProgress;
  profiles?: Array<{ bytes: number; at: number }>;
  problem?: CaptureProblem;
}

const NEWLINE = 10;

/**
 * Reads the answer to a capture part by part, however it was cut: lines of JSON with progress, a last line with the
 * sizes of the profiles or with a problem, then the profiles' bytes.
 */
export class CaptureAnswer {
  /** The latest progress. */
  progress?: CaptureProgress;
  problem?: CaptureProblem;
  private announced?: NonNullable<Line['profiles']>;
  private readonly parts: Uint8Array[] = [];
  private waiting = 0;

  /** @throws where the answer is none of the backend's */
  push(part: Uint8Array) {
    this.parts.push(part);
    this.waiting += part.length;
    while (!this.announced && this.problem === undefined) {
      const line = this.takeLine();
      if (line === undefined) {
        return;
      }
      const { progress, profiles, problem } = JSON.parse(line) as Line;
      this.progress = progress ?? this.progress;
      this.announced = profiles;
      this.problem = problem;
    }
  }

  /** Bytes of the profiles that have come, of those announced; undefined while the capture is under way. */
  get received(): { bytes: number; of: number } | undefined {
    const of = this.announced?.reduce((sum, { bytes }) => sum + bytes, 0);
    return of === undefined ? undefined : { bytes: Math.min(this.waiting, of), of };
  }

  /** The profiles, once they are all there. */
  takes(): Take[] | undefined {
    const { announced, received } = this;
    if (!announced || !received || received.bytes < received.of) {
      return undefined;
    }
    const all = this.joined();
    let from = 0;
    return announced.map(({ bytes, at }) => ({ at, bytes: all.slice(from, (from += bytes)) }));
  }

  /** The text before the next line feed, which is taken out; undefined while that has not come. */
  private takeLine(): string | undefined {
    const all = this.joined();
    const end = all.indexOf(NEWLINE);
    if (end < 0) {
      return undefined;
    }
    const rest = all.subarray(end + 1);
    this.parts.splice(0, this.parts.length, rest);
    this.waiting = rest.length;
    return new TextDecoder().decode(all.subarray(0, end));
  }

  private joined(): Uint8Array {
    if (this.parts.length > 1) {
      const all = new Uint8Array(this.waiting);
      let at = 0;
      for (const part of this.parts) {
        all.set(part, at);
        at += part.length;
      }
      this.parts.splice(0, this.parts.length, all);
    }
    return this.parts[0] ?? new Uint8Array();
  }
}
