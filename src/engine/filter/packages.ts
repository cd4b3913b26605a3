import type { CallTree } from '../callTree';
import { LabelDictionary } from '../labelDictionary';
import { KEEP, SPLICE } from '../merge/stackMerge';
import { packageOf } from '../names/packageOf';
import { runNow, type Steps } from '../steps';
import { regroup } from './regroup';

/**
 * Shows packages instead of functions: frames are named by their package, and calls within a package fold into one
 * frame. A function whose package is not known stays itself; so does the root.
 */
export function collapsePackages(tree: CallTree): CallTree {
  return runNow(collapsePackagesSteps(tree));
}

export function collapsePackagesSteps(tree: CallTree): Steps<CallTree> {
  const { parent } = tree;
  const dictionary = new LabelDictionary();
  const renamed = Uint32Array.from(tree.labels, (name) => dictionary.of(packageOf(name) || name));
  const label = tree.label.map((l) => renamed[l]);
  const fate = new Uint8Array(label.length);
  for (let i = 1; i < fate.length; i++) {
    fate[i] = parent[i] !== 0 && label[parent[i]] === label[i] ? SPLICE : KEEP;
  }
  label[0] = dictionary.of(tree.labels[tree.label[0]]);
  return regroup(tree, { label, labels: dictionary.labels, fate });
}
