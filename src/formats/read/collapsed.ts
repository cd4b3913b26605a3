import type { Steps } from '../../engine';

import type { ImportedFile } from './importedFile';
import { Lines, LINES_A_STEP } from './lines';
import type { OpenedFile } from './openedFile';
import { PartBuilder } from './partBuilder';
import { UnreadableFile } from './unreadable';

const VALUE = /^\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;
const COMMENT = /^\s*(#|\/\/|$)/;
/** bpftrace prints maps of stacks with frames on lines of their own: `@[`, frames, `]: 12`. */
const BPFTRACE_END = /^\s*\](?:\s*\[[^\]]*\])?:\s*(\d+)\s*$|^\s*,?\s*(.*?)\]:\s*(\d+)\s*$/;

/** Whether most of the first lines are a stack and a value, or a map of bpftrace. */
export function isCollapsed(file: OpenedFile): boolean {
  if (file.isBinary()) {
    return false;
  }
  // Deep stacks make long lines.
  const head = file.head(8192);
  const lines = (head.includes('\n') ? head : file.head(1 << 20)).split('\n', 60);
  if (isBpftrace(lines)) {
    return true;
  }
  // The last line may be cut by the head's length.
  const stacks = lines.slice(0, lines.length > 1 ? -1 : 1).filter((line) => !COMMENT.test(line));
  const fitting = stacks.filter((line) => sampleOf(line) !== undefined).length;
  return (
    fitting > 0 &&
    fitting * 2 > stacks.length &&
    (stacks.some((line) => line.includes(';')) || fitting === stacks.length)
  );
}

/** A stack, white space, a value: the last number of the line, since names hold spaces and numbers too. */
function sampleOf(line: string): { readonly stack: string; readonly value: number } | undefined {
  const text = line.trimEnd();
  const space = Math.max(text.lastIndexOf(' '), text.lastIndexOf('\t'));
  const value = text.slice(space + 1);
  const stack = text.slice(0, Math.max(0, space)).trim();
  return stack !== '' && value.length < 40 && VALUE.test(value) ? { stack, value: Number(value) } : undefined;
}

function isBpftrace(lines: readonly string[]): boolean {
  return lines.some((line) => /^@\w*\[\s*$/.test(line.trimEnd()));
}

/**
 * Collapsed stacks, one a line: frames from the outermost, joined by ';', white space, the value (py-spy raw,
 * async-profiler, stackcollapse), or the maps that bpftrace prints.
 */
export function* readCollapsed(file: OpenedFile): Steps<ImportedFile> {
  const bpftrace = isBpftrace(file.head(8192).split('\n'));
  const part = new PartBuilder([{ type: 'samples', unit: 'count' }], file.limits);
  const lines = new Lines(file.text());
  const unread = bpftrace ? yield* readBpftrace(lines, part) : yield* readStacks(lines, part);
  if (part.isEmpty()) {
    throw new UnreadableFile('There is no line with a stack and a value. A line reads “main;handle;parse 12”.');
  }
  return {
    format: bpftrace ? 'bpftrace' : 'collapsed stacks',
    parts: [part.build()],
    notices:
      unread.count === 0
        ? []
        : [`${unread.count} lines are no stack with a value and were left out, the first at line ${unread.first}.`],
  };
}

interface Unread {
  count: number;
  first: number;
}

function* readStacks(lines: Lines, part: PartBuilder): Steps<Unread> {
  const unread: Unread = { count: 0, first: 0 };
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    const sample = COMMENT.test(line) ? undefined : sampleOf(line);
    if (sample) {
      part.add(part.stackOf(sample.stack.split(';').map((name) => part.frame(name.trim()))), [sample.value]);
    } else if (!COMMENT.test(line)) {
      unread.count++;
      unread.first ||= lines.number;
    }
    if (lines.number % LINES_A_STEP === 0) {
      yield lines.done();
    }
  }
  return unread;
}

/** Frames stand innermost first; a line of one comma or nothing parts the kernel's stack from the process'. */
function* readBpftrace(lines: Lines, part: PartBuilder): Steps<Unread> {
  const unread: Unread = { count: 0, first: 0 };
  let frames: string[] | undefined;
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    if (/^@\w*\[/.test(line)) {
      frames = [];
      continue;
    }
    const end = frames && BPFTRACE_END.exec(line);
    if (frames && end) {
      const last = end[2]?.trim() ?? '';
      // What follows a comma on the last line is the name of the process: the outermost frame.
      const stack = last === '' ? frames : [...frames, last];
      part.add(part.stackOf(stack.reverse().map((name) => part.frame(name))), [Number(end[1] ?? end[3])]);
      frames = undefined;
    } else if (frames && !/^\s*,?\s*$/.test(line)) {
      frames.push(line.trim().replace(/\+0?x?[0-9a-f]+$/i, ''));
    } else if (!frames && !/^\s*$|^Attaching |^@\w*: /.test(line)) {
      unread.count++;
      unread.first ||= lines.number;
    }
    if (lines.number % LINES_A_STEP === 0) {
      yield lines.done();
    }
  }
  return unread;
}
