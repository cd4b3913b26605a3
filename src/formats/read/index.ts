export { READ_LIMITS, type ReadLimits } from './limits';
export { readFileSteps, type ReadFile } from './readFile';
export { FileWithoutSamples, UnreadableFile } from './unreadable';
export type { ImportedFile, ProfilePart, Timeline } from './importedFile';
