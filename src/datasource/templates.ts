import type { ScopedVars } from '@grafana/data';
import type { TemplateSrv } from '@grafana/runtime';

/** What a dashboard variable stands for: its values, 'All' of them, or nothing because nobody filled it in. */
export type Filling = { values: string[] } | 'all' | undefined;

/** Written by Grafana's `text` format where 'All' is chosen. */
const ALL_TEXT = 'All';

/**
 * Reads one variable as it is written in a query: $name, ${name}, ${name:format}, [[name]]. A format that the writer
 * chose is kept and gives one text. Grafana tells 'All' only by its text; a value that reads 'All' and is chosen alone
 * is told apart by being the value as well.
 */
export function fillIn(variable: string, templates: TemplateSrv, scopedVars: ScopedVars | undefined): Filling {
  let values: string[] | undefined;
  const replaced = templates.replace(variable, scopedVars, (value: unknown) => {
    values = (Array.isArray(value) ? value : [value]).map(String);
    return '';
  });
  const name = nameOf(variable);
  if (values === undefined) {
    // Grafana writes an own 'all' value without asking for a format.
    if (name !== undefined && isAll(name, templates, scopedVars)) {
      return 'all';
    }
    return replaced === variable ? undefined : { values: [replaced] };
  }
  const chosenAlone = values.length === 1 && values[0] === ALL_TEXT;
  return name !== undefined && !chosenAlone && isAll(name, templates, scopedVars) ? 'all' : { values };
}

function isAll(name: string, templates: TemplateSrv, scopedVars: ScopedVars | undefined): boolean {
  return templates.replace(`\${${name}:text}`, scopedVars) === ALL_TEXT;
}

/** The plain name, undefined where a format or a field path says how the value is to be written. */
function nameOf(variable: string): string | undefined {
  return /^(?:\$(\w+)|\$\{(\w+)\}|\[\[(\w+)\]\])$/.exec(variable)?.slice(1).find(Boolean);
}
