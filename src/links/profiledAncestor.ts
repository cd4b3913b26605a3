import { PROFILE_ID_TAG } from './spanProfile';

/** A span among those of its trace. Its tags are those of the span and of its process or resource. */
export interface SpanOfTrace {
  spanId: string;
  /** Absent for the first span of a trace. */
  parentId?: string;
  name: string;
  startMs: number;
  durationMs: number;
  tags: Readonly<Record<string, string>>;
}

/** What tells processes apart: samples count for spans of the process that they were taken in. */
const PROCESS_TAGS = ['service.name', 'service.namespace', 'service.instance.id'];

/**
 * The nearest span, itself or above it, that carries a profile id: samples of a span without one count for it. Undefined
 * where there is none in the same process; a span of another process has other samples.
 */
export function profiledAncestor<T extends SpanOfTrace>(span: T, spansById: ReadonlyMap<string, T>): T | undefined {
  const seen = new Set<string>();
  for (let at: T | undefined = span; at; at = spansById.get(at.parentId ?? '')) {
    if (seen.has(at.spanId) || !sameProcess(at, span)) {
      return undefined;
    }
    if (at.tags[PROFILE_ID_TAG]) {
      return at;
    }
    seen.add(at.spanId);
  }
  return undefined;
}

function sameProcess(a: SpanOfTrace, b: SpanOfTrace): boolean {
  return PROCESS_TAGS.every((tag) => a.tags[tag] === b.tags[tag]);
}

/** Spans with how deep they lie in their trace, each below its parent, siblings as they began. */
export function inOrder<T extends SpanOfTrace>(spans: readonly T[]): Array<{ span: T; depth: number }> {
  const known = new Set(spans.map(({ spanId }) => spanId));
  const children = new Map<string, T[]>();
  for (const span of [...spans].sort((a, b) => a.startMs - b.startMs)) {
    // The parent of a trace's part may not be there, and no span is its own.
    const parent = known.has(span.parentId ?? '') && span.parentId !== span.spanId ? (span.parentId ?? '') : '';
    children.set(parent, [...(children.get(parent) ?? []), span]);
  }
  const ordered: Array<{ span: T; depth: number }> = [];
  const waiting = (children.get('') ?? []).map((span) => ({ span, depth: 0 })).reverse();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    ordered.push(next);
    const { span, depth } = next;
    const below = (children.get(span.spanId) ?? []).map((child) => ({ span: child, depth: depth + 1 }));
    waiting.push(...below.reverse());
  }
  return ordered;
}
