import type { Steps } from '../../engine';

import { isCallgrind, readCallgrind } from './callgrind';
import { isCollapsed, readCollapsed } from './collapsed';
import { isCpuprofile, readCpuprofile } from './cpuprofile';
import { isFirefox, readFirefox } from './firefox';
import { isFlamebearer, readFlamebearer } from './flamebearer';
import { isFlameFrameJson, readFlameFrameJson } from './flameFrame';
import { refuseForeign } from './foreign';
import type { Format } from './format';
import { isGhc, readGhc } from './ghc';
import { isGoroutineText, readGoroutineText } from './goroutineText';
import { isHeapprofile, readHeapprofile } from './heapprofile';
import type { ImportedFile } from './importedFile';
import { isInstruments, readInstruments } from './instruments';
import { inMiB, READ_LIMITS, type ReadLimits } from './limits';
import { OpenedFile } from './openedFile';
import { isOtlpJson, readOtlpJson } from './otlpJson';
import { isOtlp, readOtlp } from './otlpProtobuf';
import { isPerfScript, readPerfScript } from './perfScript';
import { isPprof, readPprof } from './pprof';
import { isPprofCpu, readPprofCpu } from './pprofCpu';
import { isPprofText, readPprofText } from './pprofText';
import { isSpeedscope, readSpeedscope } from './speedscope';
import { isStackprof, readStackprof } from './stackprof';
import { isTraceEvent, readTraceEvent } from './traceEvent';
import { FileWithoutSamples, UnreadableFile } from './unreadable';
import { isGzip, unpackSteps } from './unpack';

/** What came of a file: its profiles, or a Flight Recorder file, which only the backend can read. */
export type ReadFile =
  | { readonly kind: 'profile'; readonly file: ImportedFile }
  | { readonly kind: 'recording'; readonly bytes: Uint8Array };

/** In this order: what is certain first, what only looks like something last. */
const FORMATS: readonly Format[] = [
  { matches: isPprof, read: readPprof },
  { matches: isOtlp, read: readOtlp },
  { matches: isPprofCpu, read: readPprofCpu },
  { matches: isSpeedscope, read: readSpeedscope },
  { matches: isHeapprofile, read: readHeapprofile },
  { matches: isCpuprofile, read: readCpuprofile },
  { matches: isOtlpJson, read: readOtlpJson },
  { matches: isFlamebearer, read: readFlamebearer },
  { matches: isFirefox, read: readFirefox },
  { matches: isStackprof, read: readStackprof },
  { matches: isGhc, read: readGhc },
  { matches: isFlameFrameJson, read: readFlameFrameJson },
  { matches: isTraceEvent, read: readTraceEvent },
  { matches: isPprofText, read: readPprofText },
  { matches: isGoroutineText, read: readGoroutineText },
  { matches: isCallgrind, read: readCallgrind },
  { matches: isInstruments, read: readInstruments },
  { matches: isPerfScript, read: readPerfScript },
  { matches: isCollapsed, read: readCollapsed },
];

/** Gzip in gzip does happen; more is a trap. */
const MOST_PACKINGS = 3;

/**
 * Reads a profile of any known format, told by what is in it. The bytes are not changed.
 *
 * @throws UnreadableFile with a sentence for the user
 */
export function* readFileSteps(packed: Uint8Array, limits: ReadLimits = READ_LIMITS): Steps<ReadFile> {
  if (packed.length === 0) {
    throw new UnreadableFile('The file is empty.');
  }
  if (packed.length > limits.packed) {
    throw new UnreadableFile(
      `The file has ${inMiB(packed.length)}; at most ${inMiB(limits.packed)} are read. Record a shorter time.`
    );
  }
  let bytes = packed;
  for (let packings = 0; isGzip(bytes); packings++) {
    if (packings === MOST_PACKINGS) {
      throw new UnreadableFile('The file is packed with gzip again and again. Unpack it first.');
    }
    bytes = yield* unpackSteps(bytes, limits);
  }
  if (isRecording(bytes)) {
    return { kind: 'recording', bytes };
  }
  refuseForeign(bytes);
  const opened = new OpenedFile(bytes, { ...limits, partsLeft: limits.parts });
  const format = FORMATS.find(({ matches }) => matches(opened));
  if (!format) {
    throw new UnreadableFile(unknownSentence(opened));
  }
  const file = yield* format.read(opened);
  if (!file.parts.some(({ profile }) => profile.sampleStack.length > 0)) {
    throw new FileWithoutSamples(`The file is ${article(file.format)} ${file.format} file without a single sample.`);
  }
  return { kind: 'profile', file };
}

/** Java's Flight Recorder. */
function isRecording(bytes: Uint8Array): boolean {
  return bytes[0] === 0x46 && bytes[1] === 0x4c && bytes[2] === 0x52 && bytes[3] === 0;
}

function unknownSentence(file: OpenedFile): string {
  const fault = file.jsonFault();
  if (fault !== undefined) {
    return `The file begins as JSON but is none: ${fault}. Its end may be missing.`;
  }
  if (file.looksLikeJson()) {
    return 'The file is JSON, but of no profiler that is known here. docs/files.md lists the formats that are read.';
  }
  return file.isBinary()
    ? 'The file is of no format that is known here. If it is a pprof profile, its beginning is damaged.'
    : 'The file is text of no format that is known here. Stacks read “main;handle;parse 12”, one a line.';
}

function article(format: string): string {
  return /^[aeiou]/i.test(format) ? 'an' : 'a';
}
