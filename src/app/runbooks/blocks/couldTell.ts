import type { DataFrame } from '@grafana/data';

/** Of meta.custom of a frame of findings (regressionFacts in pkg/datasource/regressions.go). */
interface RegressionFacts {
  services?: Array<{ insufficient?: unknown; fault?: string }> | null;
}

/** Whether an answer without findings says that nothing changed: a service was looked at, and had profiles enough. */
export function couldTell(frames: readonly DataFrame[]): boolean {
  return frames.some(({ meta }) => {
    const facts: RegressionFacts | undefined = meta?.custom;
    return (
      facts?.services?.some(({ insufficient, fault }) => insufficient === undefined && fault === undefined) === true
    );
  });
}
