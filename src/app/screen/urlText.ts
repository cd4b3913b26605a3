import type { SceneObjectUrlValue } from '@grafana/scenes';

import type { Span } from '../../datasource/resources/span';

/** The text of a URL parameter; the first where it is given several times, undefined where it is absent or empty. */
export function textFromUrl(value: SceneObjectUrlValue): string | undefined {
  const text = Array.isArray(value) ? value[0] : value;
  return text === null || text === '' ? undefined : text;
}

/** Reads a part as partParam of src/links writes it; undefined for any other text and for a span that ends before it starts. */
export function spanFromUrl(value: SceneObjectUrlValue): Span | undefined {
  const [, start, end] = /^(\d{1,15})-(\d{1,15})$/.exec(textFromUrl(value) ?? '') ?? [];
  return start !== undefined && Number(start) < Number(end) ? { start: Number(start), end: Number(end) } : undefined;
}
