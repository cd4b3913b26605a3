/** What rooms need that do little with call trees. The view uses nearly all modules, and imports each by its name. */

export type { CallTree } from './callTree';
export { ingest, SYNTHETIC_ROOT } from './ingest/ingest';
export type { EnumColumn, FlameColumns, LabelColumn } from './ingest/columns';
export { isIngestError } from './ingest/ingestError';
export { depthFirstOrder, followStack, total } from './traverse';
export { hitTest } from './hitTest';
export { compileSearch, matchLabels } from './search';
export { summarizeMatches } from './matches';
export { topTable } from './topTable';
export { callers, invert } from './invert';
export { callees } from './callees';
export { sandwich } from './sandwich';
export { diffTrees, rescaleComparison, sideOf } from './diff';
export { runNow, runSliced, type Steps } from './steps';
export { normalizeName } from './names/normalize';
