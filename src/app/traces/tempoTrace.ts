import type { SpanOfTrace } from '../../links/profiledAncestor';

/**
 * The part of Tempo's answer to GET /api/traces/<id> that is read: OTLP as JSON, in which ids are base64 and numbers of 64
 * bits are texts. The newer /api/v2/traces calls the list resourceSpans.
 */
export interface TempoTrace {
  batches?: ResourceSpans[];
  resourceSpans?: ResourceSpans[];
}

interface ResourceSpans {
  resource?: { attributes?: Attribute[] };
  scopeSpans?: Array<{ spans?: OtlpSpan[] }>;
}

interface OtlpSpan {
  spanId: string;
  parentSpanId?: string;
  name?: string;
  startTimeUnixNano?: string;
  endTimeUnixNano?: string;
  attributes?: Attribute[];
}

interface Attribute {
  key: string;
  value?: Record<string, unknown>;
}

/** The spans of a trace, with the tags of their resource. */
export function spansOfTrace({ batches = [], resourceSpans = [] }: TempoTrace): SpanOfTrace[] {
  return [...batches, ...resourceSpans].flatMap(({ resource, scopeSpans = [] }) => {
    const shared = tagsOf(resource?.attributes);
    return scopeSpans
      .flatMap(({ spans = [] }) => spans)
      .map(({ spanId, parentSpanId, name = '', startTimeUnixNano, endTimeUnixNano, attributes }) => {
        const startMs = Number(startTimeUnixNano ?? 0) / 1e6;
        return {
          spanId: hexId(spanId),
          ...(parentSpanId && { parentId: hexId(parentSpanId) }),
          name,
          startMs,
          durationMs: Math.max(Number(endTimeUnixNano ?? 0) / 1e6 - startMs, 0),
          tags: { ...shared, ...tagsOf(attributes) },
        };
      });
  });
}

function tagsOf(attributes: Attribute[] = []): Record<string, string> {
  return Object.fromEntries(attributes.map(({ key, value = {} }) => [key, String(Object.values(value)[0] ?? '')]));
}

/** An id as it stands in links; hexadecimal already where OTLP's own rule for JSON is kept. */
function hexId(id: string): string {
  if (/^[0-9a-f]{16}$/i.test(id)) {
    return id.toLowerCase();
  }
  try {
    return [...atob(id)].map((char) => char.charCodeAt(0).toString(16).padStart(2, '0')).join('');
  } catch {
    return id;
  }
}

/** A trace's id as it was typed or pasted, or undefined where that is none. Tempo leaves leading zeros out. */
export function traceIdOf(text: string): string | undefined {
  const id = text.trim().toLowerCase();
  return /^[0-9a-f]{1,32}$/.test(id) && /[1-9a-f]/.test(id) ? id.padStart(32, '0') : undefined;
}
