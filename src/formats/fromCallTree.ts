import { depthFirstOrder, SYNTHETIC_ROOT, type CallTree, type Steps } from '../engine';
import { StackProfileBuilder, type SampleType, type StackProfile } from './stackProfile';

/** Nodes between two looks at the clock. */
const A_STEP = 4096;

/**
 * The stacks of a call tree, one sample for each node that has a value of its own. The root that only holds the rest
 * together is not a frame. A diff gives two sample types, `<type>_baseline` and `<type>_comparison`.
 */
export function* callTreeSteps(tree: CallTree, sampleType: SampleType): Steps<StackProfile> {
  const { diff } = tree;
  const builder = new StackProfileBuilder(
    diff
      ? ['baseline', 'comparison'].map((side) => ({ ...sampleType, type: `${sampleType.type}_${side}` }))
      : [sampleType]
  );
  const stacks = new Int32Array(tree.size).fill(-1);
  const rootIsFrame = tree.labels[tree.label[0]] !== SYNTHETIC_ROOT;

  let done = 0;
  for (const node of depthFirstOrder(tree)) {
    if (++done % A_STEP === 0) {
      yield done / tree.size;
    }
    if (node !== 0 || rootIsFrame) {
      const caller = node === 0 ? -1 : stacks[tree.parent[node]];
      stacks[node] = builder.stack(caller, builder.frame(tree.labels[tree.label[node]]));
    }
    if (tree.self[node] > 0) {
      const right = diff ? diff.selfRight[node] : 0;
      builder.add(stacks[node], diff ? [tree.self[node] - right, right] : [tree.self[node]]);
    }
  }
  return builder.build();
}
