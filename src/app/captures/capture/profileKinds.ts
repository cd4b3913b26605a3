import { t } from '@grafana/i18n';

/** Names as the backend takes them (pkg/capture/profiles.go). */
export const PROFILE_NAMES = [
  'cpu',
  'heap',
  'allocs',
  'goroutine',
  'mutex',
  'block',
  'threadcreate',
  'goroutine-counts',
  'goroutine-dump',
  'trace',
] as const;

export type ProfileName = (typeof PROFILE_NAMES)[number];

/** Once, before and after the seconds, or what was added in the seconds. */
export type CaptureMode = 'once' | 'pair' | 'delta';

interface ProfileKind {
  /** The endpoint itself records for a number of seconds. */
  lasts?: boolean;
  /** Has totals since the program began. */
  cumulative?: boolean;
  /** No flame graph can be drawn of it. */
  downloadOnly?: boolean;
  /** Name under which servers keep its types; without one it is not kept. */
  storedAs?: string;
  extension: string;
}

export const PROFILE_KINDS: Readonly<Record<ProfileName, ProfileKind>> = {
  cpu: { lasts: true, storedAs: 'process_cpu', extension: 'pb.gz' },
  heap: { cumulative: true, storedAs: 'memory', extension: 'pb.gz' },
  allocs: { cumulative: true, storedAs: 'memory', extension: 'pb.gz' },
  goroutine: { storedAs: 'goroutine', extension: 'pb.gz' },
  mutex: { cumulative: true, storedAs: 'mutex', extension: 'pb.gz' },
  block: { cumulative: true, storedAs: 'block', extension: 'pb.gz' },
  threadcreate: { storedAs: 'threadcreate', extension: 'pb.gz' },
  'goroutine-counts': { extension: 'txt' },
  'goroutine-dump': { extension: 'txt' },
  trace: { lasts: true, downloadOnly: true, extension: 'trace' },
};

export function isProfileName(text: string | undefined): text is ProfileName {
  return PROFILE_NAMES.some((name) => name === text);
}

/** How a profile can be taken; the first is the usual way. */
export function modesOf(name: ProfileName): CaptureMode[] {
  const { cumulative, downloadOnly } = PROFILE_KINDS[name];
  return downloadOnly ? ['once'] : cumulative ? ['once', 'delta', 'pair'] : ['once', 'pair'];
}

export function takesSeconds(name: ProfileName, mode: CaptureMode): boolean {
  return PROFILE_KINDS[name].lasts === true || mode !== 'once';
}

export function describeProfile(name: ProfileName): { label: string; description: string } {
  switch (name) {
    case 'cpu':
      return {
        label: t('app.captures.profile.cpu', 'CPU'),
        description: t('app.captures.profile.cpu-why', 'Where time on the CPU goes; costs a few percent while it runs'),
      };
    case 'heap':
      return {
        label: t('app.captures.profile.heap', 'Heap'),
        description: t('app.captures.profile.heap-why', 'Memory in use now, and what was allocated since the start'),
      };
    case 'allocs':
      return {
        label: t('app.captures.profile.allocs', 'Allocations'),
        description: t('app.captures.profile.allocs-why', 'What was allocated since the start, freed or not'),
      };
    case 'goroutine':
      return {
        label: t('app.captures.profile.goroutine', 'Goroutines'),
        description: t('app.captures.profile.goroutine-why', 'Where goroutines stand now; shows leaks and pile-ups'),
      };
    case 'mutex':
      return {
        label: t('app.captures.profile.mutex', 'Mutex'),
        description: t('app.captures.profile.mutex-why', 'Who held locks that others waited for, since the start'),
      };
    case 'block':
      return {
        label: t('app.captures.profile.block', 'Block'),
        description: t('app.captures.profile.block-why', 'Who waited for locks and channels, since the start'),
      };
    case 'threadcreate':
      return {
        label: t('app.captures.profile.threadcreate', 'Thread creation'),
        description: t('app.captures.profile.threadcreate-why', 'What made threads of the operating system'),
      };
    case 'goroutine-counts':
      return {
        label: t('app.captures.profile.goroutine-counts', 'Goroutines as text, counted'),
        description: t('app.captures.profile.goroutine-counts-why', 'debug=1: equal stacks together, with labels'),
      };
    case 'goroutine-dump':
      return {
        label: t('app.captures.profile.goroutine-dump', 'Goroutines as text, each'),
        description: t(
          'app.captures.profile.goroutine-dump-why',
          'debug=2: state and waiting time of each; stops the program for a moment'
        ),
      };
    case 'trace':
      return {
        label: t('app.captures.profile.trace', 'Execution trace'),
        description: t('app.captures.profile.trace-why', 'Every event of the scheduler; a file to download'),
      };
  }
}

export function describeMode(mode: CaptureMode): { label: string; description: string } {
  switch (mode) {
    case 'once':
      return {
        label: t('app.captures.mode.once', 'Once'),
        description: t('app.captures.mode.once-why', 'The profile as it is'),
      };
    case 'pair':
      return {
        label: t('app.captures.mode.pair', 'Before and after'),
        description: t('app.captures.mode.pair-why', 'Two takes, compared with each other'),
      };
    case 'delta':
      return {
        label: t('app.captures.mode.delta', 'What was added'),
        description: t('app.captures.mode.delta-why', 'Totals of a second take less those of the first'),
      };
  }
}
