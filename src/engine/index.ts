export type { CallTree, DiffColumns } from './callTree';
export { ingest, SYNTHETIC_ROOT } from './ingest/ingest';
export type { EnumColumn, FlameColumns, LabelColumn } from './ingest/columns';
export { IngestError, isIngestError, type IngestProblem } from './ingest/ingestError';
export { contains, depthFirstOrder, followStack, levelCount, levelOf, pathTo, stackOf, total } from './traverse';
export { endVisible, firstVisible, runEnd } from './layout';
export { hitTest, type Hit } from './hitTest';
export {
  compileSearch,
  matchLabels,
  type CompiledSearch,
  type LabelMatches,
  type NameTest,
  type SearchQuery,
} from './search';
export { anyMatch, stepMatch, summarizeMatches, type MatchStep, type MatchSummary } from './matches';
export { topTable, type TopTable } from './topTable';
export { callers, invert, type CallersOptions, type CallersTree } from './invert';
export { callees, subtree, type CalleesOptions } from './callees';
export { sandwich, type Sandwich } from './sandwich';
export { diffTrees, rescaleComparison, shareScale, sideOf, type DiffOptions } from './diff';
export type { SiblingOrder } from './merge/siblings';
export { runNow, runSliced, type SliceOptions, type Steps } from './steps';
export { dropStacks, focusNode, focusStacks, hideFrames, mergeSiblings } from './filter/stacks';
export { collapseRecursion, type Recursion } from './filter/recursion';
export { collapsePackages } from './filter/packages';
export { collapseSmall, SMALL_FRAMES } from './filter/small';
export { findRemainders, hiddenAround, REMAINDER, type Remainder } from './remainder';
export { changeKind, relativeChange, share, shareChange, type ChangeKind } from './change';
export { heaviestStacks } from './report/heaviestStacks';
export {
  callEdges,
  callGraph,
  neighbours,
  type CallEdges,
  type CallGraph,
  type CallGraphFunction,
  type CallGraphOptions,
} from './report/callGraph';
export { nodeStatistics, rangeStatistics, type SelectionStatistics } from './report/selection';
export { normalizeName } from './names/normalize';
export { packageOf } from './names/packageOf';
export { nestedNodes } from './nested';
export { outermostMatches, outermostOf } from './occurrences';
