import type { AnsweredProfile } from './answerWith';

/** What a stack costs: in a profile, or in both sides of a diff. */
export type Cost = number | readonly [baseline: number, comparison: number];

interface Call {
  readonly name: string;
  readonly calls: Map<string, Call>;
  self: [number, number];
}

/** A flame graph of few stacks, each 'outer;inner' with what its innermost frame costs. */
export function smallProfile(stacks: Readonly<Record<string, Cost>>): AnsweredProfile {
  const root = callOf('total');
  for (const [stack, cost] of Object.entries(stacks)) {
    const at = stack.split(';').reduce((caller, name) => {
      const call = caller.calls.get(name) ?? callOf(name);
      caller.calls.set(name, call);
      return call;
    }, root);
    const [left, right] = typeof cost === 'number' ? [cost, 0] : cost;
    at.self = [at.self[0] + left, at.self[1] + right];
  }
  const isDiff = Object.values(stacks).some((cost) => typeof cost !== 'number');
  const columns = { level: [], value: [], self: [], label: [] } as Record<string, number[]>;
  const right = { valueRight: [], selfRight: [] } as Record<string, number[]>;
  const names: string[] = [];
  const visit = (call: Call, level: number): [number, number] => {
    const row = columns.level.length;
    columns.level.push(level);
    columns.self.push(call.self[0]);
    right.selfRight.push(call.self[1]);
    columns.label.push(names.includes(call.name) ? names.indexOf(call.name) : names.push(call.name) - 1);
    const value: [number, number] = [...call.self];
    columns.value.push(0);
    right.valueRight.push(0);
    for (const callee of call.calls.values()) {
      const [l, r] = visit(callee, level + 1);
      value[0] += l;
      value[1] += r;
    }
    [columns.value[row], right.valueRight[row]] = value;
    return value;
  };
  visit(root, 0);
  return { columns: { ...columns, ...(isDiff ? right : {}) } as AnsweredProfile['columns'], names };
}

const callOf = (name: string): Call => ({ name, calls: new Map(), self: [0, 0] });
