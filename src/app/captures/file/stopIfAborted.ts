/** Throws the signal's reason once it is aborted. */
export function stopIfAborted(signal: AbortSignal | undefined) {
  if (signal?.aborted) {
    throw signal.reason ?? new DOMException('The reading was cancelled.', 'AbortError');
  }
}
