/** Values by the names that stand in double braces in a runbook, e.g. {{service}}; absent ones are not known. */
export type PlaceholderValues = Readonly<Record<string, string | undefined>>;

const PLACEHOLDER = /\{\{\s*([a-zA-Z][\w]{0,40})\s*\}\}/g;

/** Names that a runbook can use besides labels of the service. */
const INCIDENT_PLACEHOLDERS = [
  'service',
  'function',
  'type',
  'version',
  'baselineVersion',
  'from',
  'to',
  'baselineFrom',
  'baselineTo',
  'datasource',
] as const;

/** Labels that are looked up, when a runbook names them, among those of the service's profiles. */
const LABEL_PLACEHOLDERS = ['namespace', 'pod', 'container', 'node', 'cluster', 'region', 'team'] as const;

const KNOWN = new Set<string>([...INCIDENT_PLACEHOLDERS, ...LABEL_PLACEHOLDERS]);

/**
 * A value that is the same word to every shell, and no option: it comes from a link, which anybody can send, and ends in
 * a command that somebody pastes in a hurry.
 */
const HARMLESS = /^[A-Za-z0-9_][A-Za-z0-9_.:@/+=,-]{0,252}$/;

/** Fills values into prose. What is not known is written as <name>; names that are none of ours stay as they are. */
export function fillText(text: string, values: PlaceholderValues): string {
  return text.replace(PLACEHOLDER, (whole, name: string) => (KNOWN.has(name) ? (values[name] ?? `<${name}>`) : whole));
}

/** As fillText, for commands: a value that a shell could read as anything but a word is left as <name>. */
export function fillCommand(text: string, values: PlaceholderValues): string {
  return text.replace(PLACEHOLDER, (whole, name: string) => {
    const value = values[name];
    return !KNOWN.has(name) ? whole : value !== undefined && HARMLESS.test(value) ? value : `<${name}>`;
  });
}

/** As fillText, inside double quotes of TraceQL or LogQL. */
export function fillQuery(text: string, values: PlaceholderValues): string {
  return text.replace(PLACEHOLDER, (whole, name: string) =>
    KNOWN.has(name) ? (values[name] ?? '').replace(/[\\"]/g, '\\$&').replace(/\s+/g, ' ') : whole
  );
}

/** The labels that a text needs to know of the service. */
export function labelsIn(text: string): string[] {
  const named = new Set([...text.matchAll(PLACEHOLDER)].map(([, name]) => name));
  return LABEL_PLACEHOLDERS.filter((label) => named.has(label));
}
