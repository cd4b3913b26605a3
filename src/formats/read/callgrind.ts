import type { Steps } from '../../engine';

import { stacksOfCallGraph, type CallGraph, type GraphFunction } from './callGraph';
import type { ImportedFile } from './importedFile';
import { Lines, LINES_A_STEP } from './lines';
import type { OpenedFile } from './openedFile';
import { UnreadableFile } from './unreadable';

export function isCallgrind(file: OpenedFile): boolean {
  if (file.isBinary()) {
    return false;
  }
  const head = file.head(16_384);
  return /^# callgrind format/m.test(head) || (/^events:/m.test(head) && /^(fn|fl)=/m.test(head));
}

/**
 * callgrind's files, which know how much each function cost and how much went from each caller to each function it
 * calls, but not whole stacks: a function's cost is shared out among its callers by what they spent in it.
 */
export function* readCallgrind(file: OpenedFile): Steps<ImportedFile> {
  const lines = new Lines(file.text());
  const reading = new Reading();
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    const fault = reading.line(line);
    if (fault !== undefined) {
      throw new UnreadableFile(`The callgrind file is damaged: line ${lines.number} ${fault}.`);
    }
    if (lines.number % LINES_A_STEP === 0) {
      yield lines.done() * 0.5;
    }
  }
  const { graph } = reading;
  if (graph.functions.size === 0) {
    throw new UnreadableFile('The callgrind file has no function with a cost.');
  }
  const { part, isCut } = yield* stacksOfCallGraph(graph, file.limits);
  return {
    format: 'callgrind',
    parts: [part.build('', 0)],
    notices: [
      'A callgrind file has no stacks: what a function cost is shared out among its callers by what they spent in it.',
      ...(isCut ? ['Paths that carry less than a hundred-thousandth of the whole are shown with the others.'] : []),
    ],
  };
}

/** Names are written once with a number, `(12) name`, and then by the number; one count for each kind of name. */
class Names {
  private readonly known = new Map<string, string>();

  read(text: string): string {
    const [, id, name] = /^\((\d+)\)(?:\s+(.*))?$/.exec(text) ?? [];
    if (id === undefined) {
      return text;
    }
    if (name !== undefined) {
      this.known.set(id, name);
    }
    return this.known.get(id) ?? `(${id})`;
  }
}

class Reading {
  readonly graph: CallGraph & { readonly functions: Map<string, GraphFunction> } = { types: [], functions: new Map() };
  private readonly files = new Names();
  private readonly names = new Names();
  private positions = 1;
  private file = '';
  private codeFile = '';
  private calledFile: string | undefined;
  private called = '';
  private current: GraphFunction | undefined;
  private isCall = false;

  /** Takes a line; says what is wrong with it. */
  line(line: string): string | undefined {
    const [, key, value] = /^([a-z]+)\s*[=:]\s*(.*?)\s*$/.exec(line.slice(0, 65_536)) ?? [];
    if (key !== undefined) {
      return this.setting(key, value);
    }
    if (/^[+\-*\d]/.test(line)) {
      return this.costs(line);
    }
    return undefined;
  }

  private setting(key: string, value: string): string | undefined {
    switch (key) {
      case 'positions':
        this.positions = value.split(/\s+/).length;
        break;
      case 'events':
        if (this.graph.types.length === 0) {
          value.split(/\s+/).forEach((type) => this.graph.types.push({ type, unit: 'count' }));
        }
        break;
      case 'fl':
        this.file = this.files.read(value);
        this.codeFile = this.file;
        break;
      case 'fi':
      case 'fe':
        // Code of another file that was inlined: the function stays the same.
        this.codeFile = this.files.read(value);
        break;
      case 'fn':
        this.current = this.functionOf(this.file, this.names.read(value));
        this.codeFile = this.file;
        break;
      case 'cfi':
      case 'cfl':
        this.calledFile = this.files.read(value);
        break;
      case 'cfn':
        this.called = this.names.read(value);
        break;
      case 'calls':
        this.isCall = true;
        break;
    }
    return undefined;
  }

  private costs(line: string): string | undefined {
    const costs = line.trim().split(/\s+/).slice(this.positions).map(Number);
    if (!this.current || this.graph.types.length === 0) {
      return 'has a cost before any function or event is named';
    }
    if (costs.some((cost) => !Number.isFinite(cost)) || costs.length > this.graph.types.length) {
      return `has costs that make no sense: “${line.slice(0, 60)}”`;
    }
    if (this.isCall) {
      const callee = this.functionOf(this.calledFile ?? this.file, this.called);
      add(
        mapped(this.current.calls, callee, () => []),
        costs
      );
      this.isCall = false;
      this.calledFile = undefined;
    } else {
      add(
        mapped(this.current.self, nameOfFile(this.codeFile), () => []),
        costs
      );
    }
    return undefined;
  }

  private functionOf(file: string, name: string): GraphFunction {
    return mapped(this.graph.functions, `${file}\0${name}`, () => ({
      name,
      file: nameOfFile(file),
      self: new Map(),
      calls: new Map(),
    }));
  }
}

/** callgrind writes question marks where it knows no file. */
function nameOfFile(file: string): string {
  return file === '???' ? '' : file;
}

function mapped<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

function add(sums: number[], costs: readonly number[]) {
  costs.forEach((cost, i) => (sums[i] = (sums[i] ?? 0) + cost));
}
