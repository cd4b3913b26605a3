import { type DataFrame, type Field, FieldType } from '@grafana/data';

import { fieldOf } from './flameFrame';

/**
 * A flame frame in which what lies below a stack comes from another frame: the same profile, asked for below that stack
 * alone, where the same limit of frames shows more. Everything else stays, so that shares stay those of the whole.
 *
 * @param stack names from the root down, the root's included
 * @returns the frame as it is when either frame lacks the stack
 */
export function spliceBelow(frame: DataFrame, detail: DataFrame, stack: readonly string[]): DataFrame {
  const into = rowsOf(frame, stack);
  const from = rowsOf(detail, stack);
  if (!into || !from) {
    return frame;
  }
  const fields = frame.fields.map((field): Field => {
    const other = fieldOf(detail, field.name);
    if (!other) {
      return field;
    }
    const values = (of: Field) => (field.name === 'label' ? names(of) : Array.from(of.values as ArrayLike<unknown>));
    const own = values(field);
    const spliced = [...own.slice(0, into.begin), ...values(other).slice(from.begin, from.end), ...own.slice(into.end)];
    return field.name === 'label' ? labelField(field, spliced as string[]) : { ...field, values: spliced };
  });
  return { ...frame, fields, length: frame.length - (into.end - into.begin) + (from.end - from.begin) };
}

interface Rows {
  readonly begin: number;
  readonly end: number;
}

/** The rows of the node at a stack and of all below it. */
function rowsOf(frame: DataFrame, stack: readonly string[]): Rows | undefined {
  const level: ArrayLike<number> = fieldOf(frame, 'level')!.values;
  const label = names(fieldOf(frame, 'label')!);
  let depth = 0;
  for (let row = 0; row < level.length; row++) {
    if (level[row] < depth) {
      // Left what was found of the stack so far: its rest is not there.
      return undefined;
    }
    // The root's name is the server's business.
    if (level[row] === depth && (depth === 0 || label[row] === stack[depth])) {
      depth++;
      if (depth === stack.length) {
        return { begin: row, end: endOf(level, row) };
      }
    }
  }
  return undefined;
}

function endOf(level: ArrayLike<number>, row: number): number {
  let end = row + 1;
  while (end < level.length && level[end] > level[row]) {
    end++;
  }
  return end;
}

function names(label: Field): string[] {
  const text = label.config.type?.enum?.text ?? [];
  return label.type === FieldType.enum ? Array.from(label.values, (index: number) => text[index]) : label.values;
}

function labelField(label: Field, values: string[]): Field {
  const { type, ...config } = label.config;
  return { ...label, type: FieldType.string, config: label.type === FieldType.enum ? config : label.config, values };
}
