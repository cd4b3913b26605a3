export { collapsedSteps } from './collapsed';
export { callTreeSteps } from './fromCallTree';
export { pprofSteps, type PprofTimes } from './pprof';
export { speedscopeSteps } from './speedscope';
export { framesOf, StackProfileBuilder, type Frame, type SampleType, type StackProfile } from './stackProfile';
export { hasNegative, type Measure, mergedColumnsSteps } from './mergedColumns';
export { NO_SAMPLE, timeColumnsSteps } from './timeColumns';
export { commonUnit } from './units';
export * from './read';
