import type { ScopedVars } from '@grafana/data';
import type { TemplateSrv } from '@grafana/runtime';

/**
 * What a dashboard variable stands for. `all`: every value is chosen, which is no condition. `absent`: it stands for a
 * part of a span that the span does not have. `unknown`: nobody has such a variable, so the text means itself.
 */
export type Filling = { values: string[]; listed: boolean } | 'all' | 'absent' | 'unknown';

export type FillIn = (variable: string) => Filling;

/** A variable as it is written in a query: $name, ${name}, ${name:format}, ${name.path}, [[name]]. */
export const VARIABLE = /\$\w+|\$\{[^{}]+\}|\[\[\w+(?::\w+)?\]\]/g;

/** Written by Grafana's `text` format where all values are chosen. */
const ALL_TEXT = 'All';

/** Filled in by Grafana's trace view before a query is asked; what is left of them then is not there. */
const OF_A_SPAN = /^(?:\$|\$\{|\[\[)__(?:span|tags|trace)\b/;

/**
 * Reads variables with Grafana's own interpolation. A format that the writer chose is kept and gives one text. Grafana
 * tells 'All' only by its text; a value that reads 'All' and is chosen alone is told apart by being the value as well.
 */
export function fillingsOf(templates: TemplateSrv, scopedVars?: ScopedVars): FillIn {
  const isAll = (name: string) => templates.replace(`\${${name}:text}`, scopedVars) === ALL_TEXT;
  return (variable) => {
    let chosen: { values: string[]; listed: boolean } | undefined;
    const replaced = templates.replace(
      variable,
      scopedVars,
      (value: unknown, model?: { multi?: boolean; includeAll?: boolean }) => {
        const values = (Array.isArray(value) ? value : [value]).map(String);
        chosen = { values, listed: Array.isArray(value) || model?.multi === true || model?.includeAll === true };
        return '';
      }
    );
    const name = plainNameOf(variable);
    const readsAll = chosen?.values.length === 1 && chosen.values[0] === ALL_TEXT;
    // Grafana writes an own 'all' value without asking for a format.
    const filled = chosen !== undefined || replaced !== variable;
    if (name !== undefined && filled && !readsAll && isAll(name)) {
      return 'all';
    }
    if (filled) {
      return chosen ?? { values: [replaced], listed: false };
    }
    return OF_A_SPAN.test(variable) ? 'absent' : 'unknown';
  };
}

/** The name alone, undefined where a format or a path says how the value is to be written. */
function plainNameOf(variable: string): string | undefined {
  return /^(?:\$(\w+)|\$\{(\w+)\}|\[\[(\w+)\]\])$/.exec(variable)?.slice(1).find(Boolean);
}
