/**
 * A long computation that stops now and then to say how far it is (0 to 1), so that whoever runs it can show progress,
 * let the browser breathe or give up. What it returns is its result.
 */
export type Steps<T> = Generator<number, T, void>;

/** Runs to the end at once. */
export function runNow<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) {
      return step.value;
    }
  }
}

export interface SliceOptions {
  signal?: AbortSignal;
  /** Told the share that is done, 0 to 1, after every slice. */
  onProgress?: (done: number) => void;
  /** Longest time without giving way to the event loop, in ms. Default 12: less than a frame. */
  sliceMs?: number;
}

/**
 * Runs in slices between which the event loop goes on.
 *
 * @throws the signal's reason (an AbortError by default) once it is aborted.
 */
export async function runSliced<T>(
  steps: Steps<T>,
  { signal, onProgress, sliceMs = 12 }: SliceOptions = {}
): Promise<T> {
  stopIfAborted(signal);
  let deadline = performance.now() + sliceMs;
  for (;;) {
    const step = steps.next();
    if (step.done) {
      return step.value;
    }
    if (performance.now() >= deadline) {
      onProgress?.(step.value);
      await nextTask();
      stopIfAborted(signal);
      deadline = performance.now() + sliceMs;
    }
  }
}

function stopIfAborted(signal?: AbortSignal) {
  if (signal?.aborted) {
    throw signal.reason ?? new DOMException('The computation was cancelled.', 'AbortError');
  }
}

/** Resolves after the event loop has had its turn; unlike a timer it is not slowed down when nested. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
