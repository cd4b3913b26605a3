import { type DataFrame, type DataQueryResponse, type Field, FieldType } from '@grafana/data';

/** The field that carries a packed call tree; pkg/frames/packed.go writes it and describes the format. */
const PACKED = 'packed';
const VERSION = 1;

/** Sums by side: the field of the totals and that of the nodes' own values. */
const SIDES = [
  ['value', 'self'],
  ['valueRight', 'selfRight'],
] as const;

/** An answer whose packed flame frames are plain ones, as every panel expects them. */
export function unpackAnswer(answer: DataQueryResponse): DataQueryResponse {
  return answer.data.some(isPacked) ? { ...answer, data: answer.data.map(unpack) } : answer;
}

function isPacked(frame: DataFrame): boolean {
  return frame.fields?.some(({ name }) => name === PACKED) ?? false;
}

/**
 * The plain frame of a packed one; any other frame as it is.
 *
 * @throws an Error when the packed text is of another version or ends too early
 */
export function unpack(frame: DataFrame): DataFrame {
  const packed = frame.fields?.find(({ name }) => name === PACKED);
  if (!packed) {
    return frame;
  }
  const { nodes, columns } = readPacked(packed.values[0]);
  const fields = frame.fields
    .filter((field) => field !== packed)
    .map((field): Field => {
      const values = columns.get(field.name) ?? [];
      return { ...field, values, type: field.name === 'label' ? FieldType.enum : field.type };
    });
  return { ...frame, fields, length: nodes };
}

interface Columns {
  readonly nodes: number;
  /** By field; plain arrays, since panels may do with them what they do with those of JSON. */
  readonly columns: ReadonlyMap<string, number[]>;
}

function readPacked(text: string): Columns {
  const read = varints(bytesOf(text));
  const version = read();
  if (version !== VERSION) {
    throw new Error(`The flame graph is packed in version ${version}, which this page cannot read. Reload the page.`);
  }
  const [nodes, sideCount, unit] = [read(), read(), read()];
  const sides = SIDES.slice(0, sideCount).map(([total, self]) => ({
    total: { name: total, values: new Array<number>(nodes) },
    self: { name: self, values: new Array<number>(nodes) },
  }));
  const level = new Array<number>(nodes);
  const label = new Array<number>(nodes);
  let before = -1;
  for (let node = 0; node < nodes; node++) {
    before = before + 1 - read();
    level[node] = before;
    label[node] = read();
    for (const { self } of sides) {
      self.values[node] = read() * unit;
    }
  }
  for (const { total, self } of sides) {
    addUp(level, self.values, total.values);
  }
  const columns = new Map([
    ['level', level],
    ['label', label],
  ]);
  for (const { total, self } of sides) {
    columns.set(total.name, total.values).set(self.name, self.values);
  }
  return { nodes, columns };
}

/** Totals from the nodes' own values: from the last node to the first, what stands open on each level. */
function addUp(level: readonly number[], self: readonly number[], total: number[]): void {
  const below: number[] = [];
  for (let node = level.length - 1; node >= 0; node--) {
    const at = level[node];
    total[node] = self[node] + (below[at + 1] ?? 0);
    below[at + 1] = 0;
    below[at] = (below[at] ?? 0) + total[node];
  }
}

function bytesOf(base64: string): Uint8Array {
  const characters = atob(base64);
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = characters.charCodeAt(i);
  }
  return bytes;
}

/** Reads one number after the other: seven bits a byte, the lowest first, the eighth bit says that more follow. */
function varints(bytes: Uint8Array): () => number {
  let at = 0;
  return () => {
    let byte = bytes[at++];
    if (byte < 0x80) {
      return byte;
    }
    let number = 0;
    // Values go beyond 32 bits, which shifts do not.
    let weight = 1;
    while (byte >= 0x80) {
      number += (byte & 0x7f) * weight;
      weight *= 0x80;
      byte = bytes[at++];
    }
    if (byte === undefined) {
      throw new Error('The packed flame graph ends too early. Run the query again.');
    }
    return number + byte * weight;
  };
}
