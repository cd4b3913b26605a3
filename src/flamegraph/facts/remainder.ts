import { t } from '@grafana/i18n';

import type { CallTree } from '../../engine/callTree';
import { REMAINDER } from '../../engine/remainder';

/** Whether a node stands for what the server left out: a leaf of that name. */
export function isRemainder(tree: CallTree, node: number): boolean {
  return (
    node !== 0 && tree.labels[tree.label[node]] === REMAINDER && tree.childStart[node] === tree.childStart[node + 1]
  );
}

/** Why there is a frame called 'other', in a sentence. */
export function cutExplanation(maxNodes: number | undefined): string {
  return maxNodes === undefined
    ? t('flamegraph.cut.why', 'The server left out the smallest frames here and added them up as “other”.')
    : t(
        'flamegraph.cut.why-limit',
        'The server sends the {{count}} largest frames; the smaller ones here are added up as “other”.',
        { count: maxNodes }
      );
}
