import { createContext, useContext } from 'react';

import type { PlaceholderValues } from '../model/placeholders';

/** Screens that a runbook's text can lead to with what the incident is about: `app:<screen>`. */
export const LINKED_SCREENS = [
  'services',
  'explore',
  'compare',
  'regressions',
  'captures',
  'traces',
  'alerts',
  'setup',
  'coverage',
  'learn',
  'diagnostics',
  'runbooks',
] as const;
export type LinkedScreen = (typeof LINKED_SCREENS)[number];

export interface RunbookContextValue {
  values: PlaceholderValues;
  /** Path of a screen, opened on the incident in absolute times; by the incident's type or another one. */
  screenUrl: (screen: LinkedScreen, profileTypeId?: string) => string;
  /** Path of another runbook, opened on the same incident. */
  runbookUrl: (slug: string) => string;
  ticked: ReadonlySet<string>;
  toggle: (item: string) => void;
}

/** Of a runbook that is read without an incident, as in a preview. */
const NO_INCIDENT: RunbookContextValue = {
  values: {},
  screenUrl: () => '#',
  runbookUrl: () => '#',
  ticked: new Set(),
  toggle: () => undefined,
};

/** What a runbook's text and blocks are filled with. */
export const RunbookContext = createContext<RunbookContextValue>(NO_INCIDENT);

export function useRunbookContext(): RunbookContextValue {
  return useContext(RunbookContext);
}
