export { READ_LIMITS } from './limits';
export { readFileSteps, type ReadFile } from './readFile';
export { FileWithoutSamples, UnreadableFile } from './unreadable';
export type { ImportedFile, ProfilePart } from './importedFile';
