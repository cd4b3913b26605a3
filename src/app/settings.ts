import type { OwnRunbook } from './runbooks/model/library';

/** What the app's configuration page keeps in jsonData. */
export interface AppSettings {
  /** Uid of the data source that a screen starts with; without it Grafana's default, or the first of its type. */
  defaultDatasource?: string;
  /** Runbooks of the organisation's own; one with the slug of a shipped one replaces it. */
  runbooks?: OwnRunbook[];
  /** How to reach a team, in Markdown, by the value of the label `team`. */
  teamContacts?: Record<string, string>;
}
