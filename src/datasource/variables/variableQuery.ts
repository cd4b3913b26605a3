import type { DataQuery } from '@grafana/schema';

/** What a dashboard variable lists. Core's names, so that its saved variables work here. */
export type VariableKind = 'profileType' | 'label' | 'labelValue';

/** Core's variable query, and a selector besides, by which one variable narrows another. */
export interface VariableQuery extends DataQuery {
  type: VariableKind;
  /** Only profiles of this type; empty means of any. */
  profileTypeId?: string;
  /** The label whose values are listed. */
  labelName?: string;
  /** Only profiles that this selector keeps, e.g. {service_name="$service"}. */
  labelSelector?: string;
}

const KINDS: readonly unknown[] = ['profileType', 'label', 'labelValue'] satisfies VariableKind[];

/** A type, a selector or neither, then a label at the end: label_values({service_name="x"}, pod). */
const LABEL_VALUES = /^label_values\(\s*(?:(.+?)\s*,\s*)?([^\s,{}()"]+)\s*\)$/s;
const LABEL_NAMES = /^label_names\(\s*(.*?)\s*\)$/s;
const PROFILE_TYPES = /^profile_?types\(\s*(.*?)\s*\)$/is;

/**
 * Reads what was saved for a variable: the model of core or ours, or a text, which Grafana hands on when the variable
 * was written for a data source of another kind or by hand. Undefined when it says nothing that can be listed.
 */
export function readVariableQuery(saved: unknown, refId = 'variable'): VariableQuery | undefined {
  if (typeof saved === 'string') {
    return readText(saved.trim(), refId);
  }
  if (typeof saved !== 'object' || saved === null) {
    return undefined;
  }
  const { type, query } = saved as { type?: unknown; query?: unknown };
  if (KINDS.includes(type)) {
    return { ...(saved as VariableQuery), refId: (saved as VariableQuery).refId ?? refId };
  }
  // Grafana's own wrapping of a text: { query: 'label_values(pod)', refId }.
  return typeof query === 'string' ? readText(query.trim(), refId) : undefined;
}

function readText(text: string, refId: string): VariableQuery | undefined {
  const values = LABEL_VALUES.exec(text);
  if (values) {
    return { refId, type: 'labelValue', ...scopeOf(values[1]), labelName: values[2] };
  }
  const names = LABEL_NAMES.exec(text);
  if (names) {
    return { refId, type: 'label', ...scopeOf(names[1]) };
  }
  const types = PROFILE_TYPES.exec(text);
  return types ? { refId, type: 'profileType', ...scopeOf(types[1]) } : undefined;
}

/** `cpu-type-id{selector}`, either part alone, or nothing. */
function scopeOf(text = ''): Pick<VariableQuery, 'profileTypeId' | 'labelSelector'> {
  const brace = text.indexOf('{');
  const type = (brace < 0 ? text : text.slice(0, brace)).trim();
  return {
    ...(type !== '' && { profileTypeId: type }),
    ...(brace >= 0 && { labelSelector: text.slice(brace) }),
  };
}
