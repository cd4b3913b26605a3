import {
  type DataFrame,
  type Field,
  formattedValueToString,
  getDisplayProcessor,
  type GrafanaTheme2,
} from '@grafana/data';
import { t } from '@grafana/i18n';

/** One function of a table, its cells as text. */
export interface Row {
  functionName: string;
  cells: string[];
}

export interface Rows {
  /** Titles of the cells behind the function's name. */
  titles: string[];
  rows: Row[];
}

/**
 * The rows of a frame of functions or of findings (pkg/frames), fields found by their names; those that are not there
 * have no column.
 */
export function rowsOf(frame: DataFrame, theme: GrafanaTheme2, timeZone: string, limit: number): Rows {
  const named = frame.fields.find(({ name }) => name === 'function');
  const columns = columnsByName().flatMap(({ name, title }) => {
    const field = frame.fields.find((candidate) => candidate.name === name);
    return field ? [{ title, format: formatOf(field, theme, timeZone) }] : [];
  });
  const count = Math.min(limit, named?.values.length ?? 0);
  return {
    titles: columns.map(({ title }) => title),
    rows: Array.from({ length: count }, (_, at) => ({
      functionName: String(named?.values[at] ?? ''),
      cells: columns.map(({ format }) => format(at)),
    })),
  };
}

/** In the order in which they are read; a frame of findings has no self, one of functions no kind. */
function columnsByName() {
  return [
    { name: 'kind', title: t('app.runbooks.rows.kind', 'Kind') },
    { name: 'baseline', title: t('app.runbooks.rows.before', 'Before') },
    { name: 'comparison', title: t('app.runbooks.rows.after', 'After') },
    { name: 'change', title: t('app.runbooks.rows.change', 'Change') },
    { name: 'since', title: t('app.runbooks.rows.since', 'Since') },
    { name: 'why', title: t('app.runbooks.rows.why', 'Remark') },
    { name: 'self', title: t('app.runbooks.rows.self', 'Self') },
    { name: 'selfShare', title: t('app.runbooks.rows.self-share', 'Share of self') },
    { name: 'total', title: t('app.runbooks.rows.total', 'Total') },
    { name: 'totalShare', title: t('app.runbooks.rows.total-share', 'Share of total') },
  ];
}

function formatOf(field: Field, theme: GrafanaTheme2, timeZone: string): (at: number) => string {
  const display = getDisplayProcessor({ field, theme, timeZone });
  return (at) => {
    const value: unknown = field.values[at];
    return value === null || value === undefined || value === '' ? '–' : formattedValueToString(display(value));
  };
}
