import type { Steps } from '../../engine';

import type { ImportedFile } from './importedFile';
import { Lines, LINES_A_STEP } from './lines';
import type { OpenedFile } from './openedFile';
import { PartBuilder } from './partBuilder';

const HEAD = /^goroutine \d+ (?:gp=\S+ m=\S+ (?:mp=\S+ )?)?\[([^\]]+)\]:?$/;

/** Go's dump of all goroutines (goroutine?debug=2, or what a panic prints): one stack each, with its state. */
export function isGoroutineText(file: OpenedFile): boolean {
  return (
    !file.isBinary() &&
    file
      .head()
      .split('\n', 40)
      .some((line) => HEAD.test(line.trimEnd()))
  );
}

/** Goroutines are counted; the state they wait in is their innermost frame, as `[chan receive]`. */
export function* readGoroutineText(file: OpenedFile): Steps<ImportedFile> {
  const part = new PartBuilder([{ type: 'goroutine', unit: 'count' }], file.limits);
  const lines = new Lines(file.text());
  let frames: number[] = [];
  let state: string | undefined;
  let name: string | undefined;
  const finish = () => {
    if (state !== undefined) {
      const outermostFirst = frames.reverse();
      part.add(part.stackOf([...outermostFirst, part.frame(`[${state}]`)]), [1]);
    }
    frames = [];
    state = undefined;
    name = undefined;
  };
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    const head = HEAD.exec(line.trimEnd());
    if (head) {
      finish();
      // "chan receive, 5 minutes, locked to thread": how long is another matter than what for.
      [state] = head[1].split(',');
    } else if (line.trim() === '') {
      finish();
    } else if (state !== undefined) {
      const place = /^\t(.+):(\d+)(?: \+0x[0-9a-f]+)?$/.exec(line.trimEnd());
      if (!place) {
        name = functionOf(line.trimEnd());
      } else if (name !== undefined) {
        frames.push(part.frame(name, place[1], Number(place[2])));
        name = undefined;
      }
    }
    if (lines.number % LINES_A_STEP === 0) {
      yield lines.done();
    }
  }
  finish();
  return { format: 'goroutine dump', parts: [part.build()], notices: [] };
}

/** `main.(*T).run(0xc000…)` and `created by main.start in goroutine 1` without arguments. */
function functionOf(line: string): string | undefined {
  const created = /^created by (\S+)/.exec(line);
  if (created) {
    return created[1];
  }
  return line.endsWith(')') ? line.slice(0, line.lastIndexOf('(')) : undefined;
}
