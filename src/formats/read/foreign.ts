import { UnreadableFile } from './unreadable';

interface Foreign {
  /** The first bytes, as Latin-1. */
  readonly begins?: string;
  readonly pattern?: RegExp;
  readonly sentence: string;
}

/** What people drop here that is no profile, or none that can be read in a browser: how to get one out of it. */
const FOREIGN: readonly Foreign[] = [
  {
    begins: 'PERFILE2',
    sentence:
      'This is a perf.data file, which only perf on the machine it was recorded on can resolve. Run “perf script > profile.txt” and open that.',
  },
  {
    begins: 'PK\x03\x04',
    sentence: 'This is a ZIP archive. Unpack it and open the profiles inside.',
  },
  {
    begins: 'Nettrace',
    sentence:
      'This is a .nettrace file of .NET. Run “dotnet-trace convert --format Speedscope FILE” and open the result.',
  },
  {
    pattern: /^go 1\.\d+ trace\0/,
    sentence:
      'This is an execution trace of Go, not a profile. Open it with “go tool trace FILE”; “go tool trace -pprof=sched FILE” makes a profile of it.',
  },
  {
    begins: '\x04\x08',
    sentence: 'This is a dump of Ruby, perhaps of stackprof. Run “stackprof --json FILE > profile.json” and open that.',
  },
  {
    begins: '\x7fELF',
    sentence: 'This is a program, not a profile.',
  },
  {
    pattern: /^v8-version,/,
    sentence:
      'This is a log of V8. Run “node --prof-process --preprocess -j FILE > profile.json”, or record with “node --cpu-prof” and open its .cpuprofile.',
  },
  {
    pattern: /^\s*\{\s*"snapshot"\s*:/,
    sentence:
      'This is a heap snapshot, which shows objects and not stacks. Record a .heapprofile with “node --heap-prof” to see what allocates.',
  },
  {
    pattern: /^\s*(<\?xml[^>]*>\s*)?(<!DOCTYPE|<svg|<html)/i,
    sentence: 'This is a picture or a web page of a flame graph. Open the profile it was made of.',
  },
];

/** @throws UnreadableFile for files that are known and cannot be read. */
export function refuseForeign(bytes: Uint8Array) {
  const head = String.fromCharCode(...bytes.subarray(0, 512));
  const found = FOREIGN.find(
    ({ begins, pattern }) => (begins !== undefined && head.startsWith(begins)) || pattern?.test(head)
  );
  if (found) {
    throw new UnreadableFile(found.sentence);
  }
}
