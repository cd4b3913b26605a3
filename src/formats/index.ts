export { fromCallTree } from './fromCallTree';
export { writeCollapsed } from './collapsed';
export { writePprof, type PprofTimes } from './pprof';
export { writeSpeedscope } from './speedscope';
export { framesOf, StackProfileBuilder, type Frame, type SampleType, type StackProfile } from './stackProfile';
export { hasNegative, type Measure, mergedColumnsSteps } from './mergedColumns';
export { NO_SAMPLE, timeColumnsSteps } from './timeColumns';
export { commonUnit } from './units';
export * from './read';
