import type { SceneObjectUrlValue } from '@grafana/scenes';

/** The text of a URL parameter; the first where it is given several times, undefined where it is absent or empty. */
export function textFromUrl(value: SceneObjectUrlValue): string | undefined {
  const text = Array.isArray(value) ? value[0] : value;
  return text === null || text === '' ? undefined : text;
}
