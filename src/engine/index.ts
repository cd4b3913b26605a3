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
