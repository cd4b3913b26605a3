/** What the app's configuration page keeps in jsonData. */
export interface AppSettings {
  /** Uid of the data source that a screen starts with; without it Grafana's default, or the first of its type. */
  defaultDatasource?: string;
}
