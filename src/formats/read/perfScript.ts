import type { Steps } from '../../engine';
import type { SampleType } from '../stackProfile';

import type { ImportedFile } from './importedFile';
import { Lines, LINES_A_STEP } from './lines';
import type { OpenedFile } from './openedFile';
import { PartBuilder } from './partBuilder';
import { addInOrder, type TimedSample } from './times';
import { UnreadableFile } from './unreadable';

/**
 * Head of a sample: command, thread or process/thread, perhaps [cpu], the time in seconds, the period, the event.
 * `-F` leaves some out; the time and the event make it a sample.
 */
const HEAD = /^(\S.*?)\s+(-?\d+(?:\/-?\d+)?)\s+(?:\[\d+\]\s+)?(?:\S{4,6}\s+)?(\d+\.\d+):\s+(?:(\d+)\s+)?(\S+?):?\s*$/;
/** What a period counts, of events whose period is a time. */
const CLOCKS = ['cpu-clock', 'task-clock'];

export function isPerfScript(file: OpenedFile): boolean {
  if (file.isBinary()) {
    return false;
  }
  const lines = file
    .head(16_384)
    .split('\n')
    .map((line) => line.trimEnd());
  return lines.some(
    (line, i) => headOf(line) !== null && (frameOf(lines[i + 1] ?? '') !== undefined || line.endsWith(':'))
  );
}

interface Thread {
  readonly part: PartBuilder;
  readonly name: string;
  readonly samples: TimedSample[];
}

/** What `perf script` prints: one part an event and thread. Samples of a clock count time, others what they counted. */
export function* readPerfScript(file: OpenedFile): Steps<ImportedFile> {
  const lines = new Lines(file.text());
  const threads = new Map<string, Thread>();
  let thread: Thread | undefined;
  let head = { at: 0, period: 0 };
  let frames: number[] = [];
  let unread = 0;
  let firstUnread = 0;
  const finish = () => {
    if (thread) {
      thread.samples.push({ stack: thread.part.stackOf(frames.reverse()), at: head.at, weight: head.period });
    }
    thread = undefined;
    frames = [];
  };
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    const found = headOf(line);
    if (found) {
      finish();
      const [, command, ids, seconds, period = '1', event] = found;
      thread = threadOf(threads, command, ids, event, file);
      head = { at: Number(seconds) * 1e9, period: Number(period) };
    } else if (line.trim() === '') {
      finish();
    } else if (thread && /^\s/.test(line)) {
      const frame = frameOf(line);
      if (frame) {
        frames.push(thread.part.frame(nameOf(frame), frame.object));
      }
    } else if (!line.startsWith('#')) {
      unread++;
      firstUnread ||= lines.number;
    }
    if (lines.number % LINES_A_STEP === 0) {
      yield lines.done();
    }
  }
  finish();
  const parts = [...threads.values()].map(({ part, name, samples }) => {
    addInOrder(part, samples, { valuesOf: ({ weight }) => [1, weight] });
    return part.build(name);
  });
  if (parts.length === 0) {
    throw new UnreadableFile(
      'There is no sample in the output of perf script. Record with call graphs: perf record -g.'
    );
  }
  const notices =
    unread === 0 ? [] : [`${unread} lines belong to no sample and were left out, the first at line ${firstUnread}.`];
  return { format: 'perf script', parts, notices };
}

function threadOf(threads: Map<string, Thread>, command: string, ids: string, event: string, file: OpenedFile): Thread {
  const kind = event.replace(/:.*$/, '');
  const key = `${kind}\0${command}\0${ids}`;
  let thread = threads.get(key);
  if (!thread) {
    const counted: SampleType = CLOCKS.includes(kind)
      ? { type: 'cpu', unit: 'nanoseconds' }
      : { type: kind || 'event', unit: 'count' };
    const types = [{ type: 'samples', unit: 'count' }, counted];
    const name = `${command} ${ids}`;
    thread = { part: new PartBuilder(types, file.limits, 'nanoseconds'), name, samples: [] };
    threads.set(key, thread);
  }
  return thread;
}

/** No head is long; matching long lines would take long. */
function headOf(line: string): RegExpExecArray | null {
  return line.length > 1024 ? null : HEAD.exec(line);
}

interface Frame {
  readonly address: string;
  readonly symbol: string;
  readonly object?: string;
}

/** A frame reads `address symbol+0xoffset (object)`; symbols hold spaces and brackets too. */
function frameOf(line: string): Frame | undefined {
  const [start, address] = /^\s+([0-9a-f]+)\s/.exec(line) ?? [];
  if (start === undefined) {
    return undefined;
  }
  const rest = line.slice(start.length).trim();
  const opens = rest.lastIndexOf(
    ' (',
    rest.endsWith(' (deleted))') ? rest.length - ' (deleted))'.length - 1 : undefined
  );
  const hasObject = rest.endsWith(')') && (opens >= 0 || rest.startsWith('('));
  const symbol = (hasObject ? rest.slice(0, Math.max(0, opens)) : rest).trim();
  const offset = symbol.lastIndexOf('+0x');
  return {
    address,
    symbol: offset > 0 && /^[0-9a-f]+$/.test(symbol.slice(offset + 3)) ? symbol.slice(0, offset) : symbol,
    ...(hasObject && { object: rest.slice(opens < 0 ? 1 : opens + 2, -1) }),
  };
}

/** A place without a symbol is named by the object it is in, as perf's own report does. */
function nameOf({ symbol, address, object }: Frame): string {
  if (symbol !== '' && symbol !== '[unknown]') {
    return symbol;
  }
  const file = object && object !== '[unknown]' ? object.slice(object.lastIndexOf('/') + 1) : '';
  return file ? `[${file.replace(/^\[|\]$/g, '')}]` : `0x${address}`;
}
