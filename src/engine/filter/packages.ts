import type { CallTree } from '../callTree';
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
  const { labels, renamed } = packageLabels(tree.labels);
  const label = tree.label.map((l) => renamed[l]);
  const fate = Uint8Array.from(label, (l, i) => (i > 0 && label[parent[i]] === l && parent[i] !== 0 ? SPLICE : KEEP));
  return regroup(tree, { ...rootAsItWas(tree, labels, label), fate });
}

function packageLabels(names: readonly string[]) {
  const labels: string[] = [];
  const known = new Map<string, number>();
  const renamed = Uint32Array.from(names, (name) => {
    const shown = packageOf(name) || name;
    let l = known.get(shown);
    if (l === undefined) {
      l = labels.length;
      labels.push(shown);
      known.set(shown, l);
    }
    return l;
  });
  return { labels, renamed };
}

function rootAsItWas(tree: CallTree, labels: string[], label: Uint32Array) {
  const name = tree.labels[tree.label[0]];
  const known = labels.indexOf(name);
  label[0] = known < 0 ? labels.length : known;
  return { labels: known < 0 ? [...labels, name] : labels, label };
}
