import type { Steps } from '../../engine';

import type { ImportedFile } from './importedFile';
import { Lines, LINES_A_STEP } from './lines';
import type { OpenedFile } from './openedFile';
import { PartBuilder } from './partBuilder';
import { UnreadableFile } from './unreadable';

const NANOSECONDS = new Map(Object.entries({ ns: 1, µs: 1e3, us: 1e3, ms: 1e6, s: 1e9, min: 6e10, h: 3.6e12 }));
const BYTES = new Map(
  Object.entries({ byte: 1, bytes: 1, kb: 2 ** 10, mb: 2 ** 20, gb: 2 ** 30, kib: 2 ** 10, mib: 2 ** 20, gib: 2 ** 30 })
);

function columnsOf(line: string): readonly string[] {
  return line.trimEnd().split('\t');
}

function selfColumn(head: string): number {
  return columnsOf(head.split('\n', 1)[0]).findIndex((name) => /^Self\b/i.test(name.trim()));
}

export function isInstruments(file: OpenedFile): boolean {
  return !file.isBinary() && selfColumn(file.head()) > 0 && /Symbol Name/.test(file.head(1024));
}

/** What Xcode's Instruments puts on the clipboard with 'Deep Copy': a row a frame, indented by one space a level. */
export function* readInstruments(file: OpenedFile): Steps<ImportedFile> {
  const lines = new Lines(file.text());
  const column = selfColumn(lines.next() ?? '');
  const rows: Array<{ readonly depth: number; readonly name: string; readonly self: Measured }> = [];
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    const cells = columnsOf(line);
    if (line.trim() !== '') {
      const symbol = cells.at(-1) ?? '';
      const self = measured(cells[column] ?? '');
      if (!self) {
        throw new UnreadableFile(
          `Line ${lines.number} of what Instruments copied has no weight of its own: “${(cells[column] ?? '').slice(0, 40)}”.`
        );
      }
      rows.push({ depth: symbol.length - symbol.trimStart().length, name: symbol.trim(), self });
    }
    if (lines.number % LINES_A_STEP === 0) {
      yield lines.done() * 0.5;
    }
  }
  const unit = rows.find(({ self }) => self.unit !== 'count')?.self.unit ?? 'count';
  const part = new PartBuilder(
    [{ type: unit === 'nanoseconds' ? 'time' : unit === 'bytes' ? 'space' : 'count', unit }],
    file.limits
  );
  const open: Array<{ readonly depth: number; readonly stack: number }> = [];
  for (const { depth, name, self } of rows) {
    while (open.length > 0 && open[open.length - 1].depth >= depth) {
      open.pop();
    }
    const stack = part.stack(open.at(-1)?.stack ?? -1, part.frame(name));
    open.push({ depth, stack });
    if (self.value !== 0) {
      part.add(stack, [self.value]);
    }
  }
  return { format: 'Instruments', parts: [part.build()], notices: [] };
}

interface Measured {
  readonly value: number;
  readonly unit: string;
}

/** `846.00 ms`, `1.05 MB`, `12`. */
function measured(text: string): Measured | undefined {
  const [, number, unit = ''] = /^\s*([\d.,]{1,24})\s*([a-zµ]{0,5})/i.exec(text) ?? [];
  const value = Number(number?.replace(/,/g, ''));
  if (number === undefined || !Number.isFinite(value)) {
    return undefined;
  }
  const word = unit.toLowerCase();
  const nanoseconds = NANOSECONDS.get(word);
  if (nanoseconds !== undefined) {
    return { value: Math.round(value * nanoseconds), unit: 'nanoseconds' };
  }
  const bytes = BYTES.get(word);
  return bytes === undefined ? { value, unit: 'count' } : { value: Math.round(value * bytes), unit: 'bytes' };
}
