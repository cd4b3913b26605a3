/** Profile types by their first three parts; what is left out admits anything. */
export interface TypePattern {
  names?: readonly string[];
  samples?: readonly string[];
  units?: readonly string[];
}

const TIME = ['nanoseconds', 'microseconds', 'milliseconds', 'seconds'];
const BYTES = ['bytes', 'byte'];
const COUNT = ['count'];

const CPU: readonly TypePattern[] = [
  { samples: ['cpu'], units: TIME },
  { names: ['process_cpu', 'cpu'], samples: ['samples', 'sample'] },
];
const IN_USE_SPACE: readonly TypePattern[] = [
  { samples: ['inuse_space', 'inuse_size', 'space', 'heap-live-size'], units: BYTES },
];
const ALLOCATED_SPACE: readonly TypePattern[] = [
  { samples: ['alloc_space', 'alloc_size', 'alloc-size'], units: BYTES },
  { samples: ['alloc_in_new_tlab_bytes', 'alloc_outside_tlab_bytes'], units: BYTES },
];
const GOROUTINES: readonly TypePattern[] = [{ samples: ['goroutine', 'goroutines'], units: COUNT }];
const MUTEX_DELAY: readonly TypePattern[] = [
  { names: ['mutex'], samples: ['delay'], units: TIME },
  { samples: ['lock_time'], units: TIME },
];
const BLOCK_DELAY: readonly TypePattern[] = [{ names: ['block'], samples: ['delay'], units: TIME }];

/**
 * What a short name means; pkg/flameql/aliases.go has the same. The patterns of one alias are tried in turn for each
 * service, the first that finds something counts. The names of Pyroscope's legacy app.type form are among them.
 */
export const ALIASES: ReadonlyMap<string, readonly TypePattern[]> = new Map([
  ['cpu', CPU],
  ['itimer', CPU],
  ['process_cpu', [{ names: ['process_cpu'], samples: ['cpu'], units: TIME }]],
  [
    'wall',
    [
      { samples: ['wall'], units: TIME },
      { names: ['wall'], samples: ['samples', 'sample'] },
    ],
  ],
  ['off_cpu', [{ names: ['off_cpu'], units: TIME }]],
  ['heap', IN_USE_SPACE],
  ['inuse_space', IN_USE_SPACE],
  ['inuse_objects', [{ samples: ['inuse_objects', 'objects', 'live', 'heap-live-samples'], units: COUNT }]],
  ['allocs', ALLOCATED_SPACE],
  ['alloc_space', ALLOCATED_SPACE],
  [
    'alloc_objects',
    [
      { samples: ['alloc_objects', 'alloc_samples', 'alloc-samples'], units: COUNT },
      { samples: ['alloc_in_new_tlab_objects', 'alloc_outside_tlab_objects'], units: COUNT },
    ],
  ],
  ['goroutine', GOROUTINES],
  ['goroutines', GOROUTINES],
  ['threadcreate', [{ samples: ['threadcreate'], units: COUNT }]],
  ['mutex', MUTEX_DELAY],
  ['mutex_duration', MUTEX_DELAY],
  [
    'mutex_count',
    [
      { names: ['mutex'], samples: ['contentions'], units: COUNT },
      { samples: ['lock_count'], units: COUNT },
    ],
  ],
  ['block', BLOCK_DELAY],
  ['block_duration', BLOCK_DELAY],
  ['block_count', [{ names: ['block'], samples: ['contentions'], units: COUNT }]],
  ['exceptions', [{ samples: ['exception', 'exceptions'], units: COUNT }, { names: ['exceptions'] }]],
]);

export function matchesPattern(id: string, { names, samples, units }: TypePattern): boolean {
  const [name = '', sample = '', unit] = id.split(':');
  return unit !== undefined && admits(names, name) && admits(samples, sample) && admits(units, unit);
}

function admits(allowed: readonly string[] | undefined, part: string): boolean {
  return !allowed || allowed.includes(part);
}
