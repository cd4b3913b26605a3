import { t } from '@grafana/i18n';

import type { CallTree } from '../../engine/callTree';
import { changeKind, relativeChange } from '../../engine/change';
import { hiddenAround } from '../../engine/remainder';
import { total } from '../../engine/traverse';

import { cutOffText } from './costText';
import { changeText, shareText, signText } from './shareText';
import { RAW } from '../raw';

/** A value of the profile as text with its unit. */
export type FormatValue = (value: number) => string;

/** What values are measured against and how they are written. */
export interface Scale {
  readonly formatValue: FormatValue;
  /** The profile that shares refer to; in a sandwich it is larger than the tree. */
  readonly profile: CallTree;
  /** By what the comparison's values in the trees are multiplied. */
  readonly comparisonScale: number;
  /** Nodes of the profile that stand for what the server cut off (findRemainders). */
  readonly remainders?: Uint32Array;
}

export interface Fact {
  readonly name: string;
  /** One value, or in a diff those of baseline, comparison and the change between them. */
  readonly values: readonly string[];
}

export interface NodeFacts {
  /** Heads of the columns when there are several. */
  readonly columns: readonly string[];
  readonly facts: readonly Fact[];
}

/** What a node is worth: total and self with their shares of the profile, of the caller, and in a diff the change. */
export function nodeFacts(tree: CallTree, node: number, scale: Scale): NodeFacts {
  return tree.diff ? diffFacts(tree, node, scale) : profileFacts(tree, node, scale);
}

/** A node in words, for the screen reader. */
export function describeNode(tree: CallTree, node: number, scale: Scale): string {
  const { columns, facts } = nodeFacts(tree, node, scale);
  const parts = facts.map(({ name, values }) =>
    [name, ...values.map((value, column) => (columns[column] ? `${columns[column]} ${value}` : value))].join(' ')
  );
  return [tree.labels[tree.label[node]], ...parts].join(', ');
}

function profileFacts(tree: CallTree, node: number, { formatValue, profile }: Scale): NodeFacts {
  const value = total(tree, node);
  const facts = [
    { name: t('flamegraph.facts.total', 'Total'), values: [formatValue(value)] },
    { name: t('flamegraph.facts.self', 'Self'), values: [formatValue(tree.self[node])] },
    { name: t('flamegraph.facts.of-all', 'Share of all'), values: [shareText(value / total(profile, 0))] },
  ];
  return { columns: [], facts: node === 0 ? facts : [...facts, ofCaller(tree, node, value)] };
}

function ofCaller(tree: CallTree, node: number, value: number): Fact {
  return {
    name: t('flamegraph.facts.of-caller', 'Share of caller'),
    values: [shareText(value / total(tree, tree.parent[node]))],
  };
}

function diffFacts(tree: CallTree, node: number, scale: Scale): NodeFacts {
  const { formatValue, profile, comparisonScale, remainders } = scale;
  const { totalRight, selfRight } = tree.diff!;
  const wholeRight = profile.diff ? profile.diff.totalRight[0] : 0;
  const wholeLeft = total(profile, 0) - wholeRight;
  const hidden = remainders && tree === profile ? hiddenAround(tree, node, { nodes: remainders }) : undefined;
  const sides = (both: number, right: number) => [both - right, right];
  const row = (name: string, [left, right]: number[]): Fact => ({
    name,
    values: [
      formatValue(left),
      formatValue(right / comparisonScale),
      changeKind(left, right, hidden) === 'cut off'
        ? cutOffText()
        : changeText(relativeChange(left, right), t('flamegraph.facts.new', 'new')),
    ],
  });
  const totals = sides(total(tree, node), totalRight[node]);
  return {
    columns: [
      t('flamegraph.facts.baseline', 'Baseline'),
      t('flamegraph.facts.comparison', 'Comparison'),
      t('flamegraph.facts.change', 'Change'),
    ],
    facts: [
      row(t('flamegraph.facts.total', 'Total'), totals),
      row(t('flamegraph.facts.self', 'Self'), sides(tree.self[node], selfRight[node])),
      {
        name: t('flamegraph.facts.of-all', 'Share of all'),
        values: [
          shareText(totals[0] / wholeLeft),
          shareText(totals[1] / wholeRight),
          pointsText(totals[1] / wholeRight - totals[0] / wholeLeft),
        ],
      },
    ],
  };
}

/** Difference of two shares in percentage points. */
function pointsText(points: number): string {
  if (!Number.isFinite(points)) {
    return '–';
  }
  const size = Number((Math.abs(points) * 100).toFixed(2));
  return t('flamegraph.facts.points', '{{points}} pp', { points: `${signText(points, size)}${size}`, ...RAW });
}
