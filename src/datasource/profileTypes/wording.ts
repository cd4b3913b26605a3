import { t } from '@grafana/i18n';

import { readProfileType, type ProfileType } from './profileType';

/** A profile type in words for somebody who has never seen its id. */
export interface ProfileTypeWords {
  /** What is measured, e.g. 'CPU', 'Memory'; types of one measure stand together. */
  measure: string;
  title: string;
  /** Where it stands among all types: measures together, within one the most telling first. */
  rank: number;
  /** Whether the words are more than the id's own. */
  known: boolean;
}

interface Wording {
  /** Tested on `<name>:<sample type>`; the first that fits wins. */
  pattern: RegExp;
  measure: () => string;
  title: () => string;
}

const cpu = () => t('datasource.measure.cpu', 'CPU');
const time = () => t('datasource.measure.time', 'Elapsed time');
const memory = () => t('datasource.measure.memory', 'Memory');
const locks = () => t('datasource.measure.locks', 'Locks and channels');
const tasks = () => t('datasource.measure.tasks', 'Goroutines and threads');
const exceptions = () => t('datasource.measure.exceptions', 'Exceptions');
const other = () => t('datasource.measure.other', 'Other');

/**
 * In the order in which a picker shows them. The same meaning has many ids: agents of Go, Java, Python, .NET, Node.js,
 * Rust and eBPF each name theirs. The names come from the agents' sources and from types that a Pyroscope server listed.
 */
const WORDINGS: Wording[] = [
  { pattern: /^(?!off).*:cpu$/, measure: cpu, title: () => t('datasource.profile-type.cpu', 'Time on CPU') },
  {
    pattern: /cpu:samples$/,
    measure: cpu,
    title: () => t('datasource.profile-type.cpu-samples', 'Samples taken on CPU'),
  },
  {
    pattern: /gc_cpu/,
    measure: cpu,
    title: () => t('datasource.profile-type.gc-cpu', 'Time on CPU collecting garbage'),
  },
  {
    pattern: /:wall$/,
    measure: time,
    title: () => t('datasource.profile-type.wall', 'Elapsed time, running or waiting'),
  },
  {
    pattern: /^wall:samples$/,
    measure: time,
    title: () => t('datasource.profile-type.wall-samples', 'Samples of elapsed time'),
  },
  {
    pattern: /^off_?cpu/,
    measure: time,
    title: () => t('datasource.profile-type.off-cpu', 'Time spent waiting, off the CPU'),
  },
  {
    pattern: /^(memory|heap)\w*:(inuse_space|space|live_bytes|heap[_-]live[_-]size|heap[_-]space)$/,
    measure: memory,
    title: () => t('datasource.profile-type.inuse-space', 'Memory in use'),
  },
  {
    pattern: /outside_tlab_(bytes|size)$/,
    measure: memory,
    title: () => t('datasource.profile-type.alloc-outside-tlab', 'Bytes allocated, large objects'),
  },
  {
    pattern: /in_new_tlab_(bytes|size)$/,
    measure: memory,
    title: () => t('datasource.profile-type.alloc-in-tlab', 'Bytes allocated, small objects'),
  },
  {
    pattern: /:alloc\w*_(space|bytes|size)$/,
    measure: memory,
    title: () => t('datasource.profile-type.alloc-space', 'Bytes allocated'),
  },
  {
    pattern: /^(memory|heap)\w*:(inuse_objects|objects|live|live_?objects|heap[_-]live[_-]samples)$/,
    measure: memory,
    title: () => t('datasource.profile-type.inuse-objects', 'Objects in use'),
  },
  {
    pattern: /:alloc\w*_(objects|samples)$/,
    measure: memory,
    title: () => t('datasource.profile-type.alloc-objects', 'Objects allocated'),
  },
  {
    pattern: /^mutex:delay$|^lock:lock_time$/,
    measure: locks,
    title: () => t('datasource.profile-type.mutex-delay', 'Time others waited for a lock'),
  },
  {
    pattern: /^mutex:contentions$|^lock:lock_count$/,
    measure: locks,
    title: () => t('datasource.profile-type.mutex-contentions', 'Waits for a lock'),
  },
  {
    pattern: /^block:delay$/,
    measure: locks,
    title: () => t('datasource.profile-type.block-delay', 'Time blocked on locks and channels'),
  },
  {
    pattern: /^block:contentions$/,
    measure: locks,
    title: () => t('datasource.profile-type.block-contentions', 'Times blocked on locks and channels'),
  },
  {
    pattern: /:goroutines?$/,
    measure: tasks,
    title: () => t('datasource.profile-type.goroutines', 'Goroutines alive'),
  },
  { pattern: /:thread(s|create)?$/, measure: tasks, title: () => t('datasource.profile-type.threads', 'Threads') },
  {
    pattern: /exception/,
    measure: exceptions,
    title: () => t('datasource.profile-type.exceptions', 'Exceptions thrown'),
  },
];

/** Words for an id; a type that nobody foresaw keeps its own, e.g. 'queue · depth (count)'. */
export function describeProfileType(id: string): ProfileTypeWords {
  const type = readProfileType(id);
  const key = `${type.name}:${type.sampleType}`;
  const rank = WORDINGS.findIndex(({ pattern }) => pattern.test(key));
  const wording = WORDINGS[rank];
  return wording
    ? { measure: wording.measure(), title: wording.title(), rank, known: true }
    : { measure: other(), title: ownWords(type), rank: WORDINGS.length, known: false };
}

function ownWords({ id, name, sampleType, sampleUnit }: ProfileType): string {
  if (sampleType === '') {
    return id;
  }
  const sampled = name === sampleType ? name : `${name} · ${sampleType}`;
  return sampleUnit === '' ? sampled : `${sampled} (${sampleUnit})`;
}
