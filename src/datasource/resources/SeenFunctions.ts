import { type DataFrame, type Field, FieldType } from '@grafana/data';

/** Names that are kept; those of the latest answer come first. */
const MOST_NAMES = 20_000;

/** Names of functions in the latest answers, to complete patterns with. */
export class SeenFunctions {
  private names: readonly string[] = [];

  note(frames: readonly DataFrame[]) {
    const found = new Set<string>();
    for (const field of frames.flatMap(functionFields)) {
      for (const name of namesOf(field)) {
        if (found.size < MOST_NAMES && name !== '') {
          found.add(name);
        }
      }
    }
    if (found.size > 0) {
      this.names = [...found, ...this.names.filter((name) => !found.has(name))].slice(0, MOST_NAMES);
    }
  }

  list(): readonly string[] {
    return this.names;
  }
}

/** Labels of flame graphs, names in tables of functions. */
function functionFields({ fields }: DataFrame): Field[] {
  const isFlameGraph = fields.some(({ name }) => name === 'level');
  return fields.filter(({ name }) => (isFlameGraph ? name === 'label' : name === 'function'));
}

function namesOf({ type, config, values }: Field): Iterable<string> {
  // A flame graph's names stand once in the field's symbol table.
  return type === FieldType.enum ? (config.type?.enum?.text ?? []) : (values as unknown as Iterable<string>);
}
