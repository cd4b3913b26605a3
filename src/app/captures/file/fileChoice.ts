import type { SceneObjectUrlValues } from '@grafana/scenes';

import { textFromUrl } from '../../screen/urlText';

/** Stand for what is no file; a colon is in no file's name that a browser tells. */
export const ALL = ':all';
export const CONTINUOUS = ':continuous';

/** What of the opened files is looked at, and how. Files are named, not numbered: the address outlives the page. */
export interface FileChoice {
  /** Name of the file, or ALL; the one that was opened last if absent. */
  readonly profile?: string;
  /** Key of a measure. */
  readonly measure?: string;
  /** Number of a part; all together if absent. */
  readonly part?: string;
  /** What it is compared with: name of a file, or CONTINUOUS; nothing if absent. */
  readonly against?: string;
  readonly view?: 'time';
  /** Of the continuous profile. */
  readonly service?: string;
  readonly type?: string;
  readonly minutes?: number;
}

/** Names in the address. The screen's other tab has names of its own. */
const NAMES: Readonly<Record<keyof FileChoice, string>> = {
  profile: 'file',
  measure: 'file-measure',
  part: 'file-part',
  against: 'file-against',
  view: 'file-view',
  service: 'file-service',
  type: 'file-type',
  minutes: 'file-minutes',
};

export const FILE_KEYS = Object.values(NAMES);

export function fileChoiceToUrl(choice: FileChoice): SceneObjectUrlValues {
  return Object.fromEntries(
    Object.entries(NAMES).map(([key, name]) => {
      const value = choice[key as keyof FileChoice];
      return [name, value === undefined ? undefined : String(value)];
    })
  );
}

/** Takes what an address says; what it does not name stays. */
export function fileChoiceFromUrl(choice: FileChoice, values: SceneObjectUrlValues): FileChoice {
  const changed: Record<string, string | undefined> = {};
  for (const [key, name] of Object.entries(NAMES)) {
    if (name in values) {
      changed[key] = textFromUrl(values[name]) || undefined;
    }
  }
  const minutes = Number(changed.minutes);
  return {
    ...choice,
    ...changed,
    view: 'view' in changed ? (changed.view === 'time' ? 'time' : undefined) : choice.view,
    minutes: 'minutes' in changed ? (minutes >= 1 && minutes <= 60 * 24 * 31 ? minutes : undefined) : choice.minutes,
  };
}

/** Files that the choice names and that are not open: after a reload none is. */
export function missingFiles({ profile, against }: FileChoice, open: readonly string[]): string[] {
  return [profile, against].filter(
    (name): name is string => name !== undefined && name !== ALL && name !== CONTINUOUS && !open.includes(name)
  );
}

/** Names by which files are told apart: a second one of the same name is numbered. */
export function namesOf(files: ReadonlyArray<{ readonly name: string }>): string[] {
  const seen = new Map<string, number>();
  return files.map(({ name }) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}
