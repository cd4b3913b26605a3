import type { TagRule } from './spanProfile';

export interface TempoLinks {
  /** The data source of traces; a new one if absent. */
  traces?: { name: string; uid: string; url?: string };
  /** Uid of the data source of profiles. */
  profilesUid: string;
  profileTypeId: string;
  rules: readonly TagRule[];
}

/**
 * A provisioning file of Grafana in which a Tempo leads to profiles. Values are in quotes, which YAML reads as JSON does;
 * Grafana expands $NAME in such files, so that a dollar sign of a value is written twice.
 */
export function tempoYaml({ traces, profilesUid, profileTypeId, rules }: TempoLinks): string {
  return [
    'apiVersion: 1',
    'datasources:',
    `  - name: ${quoted(traces?.name ?? 'Tempo')}`,
    `    uid: ${quoted(traces?.uid ?? 'tempo')}`,
    '    type: tempo',
    `    url: ${quoted(traces?.url || 'http://tempo:3200')}`,
    '    jsonData:',
    ...tracesToProfiles(profilesUid, profileTypeId, rules).map((line) => `      ${line}`),
    '',
  ].join('\n');
}

/** The part of it that says where profiles are, to be added to a file that is there already. */
export function tracesToProfiles(profilesUid: string, profileTypeId: string, rules: readonly TagRule[]): string[] {
  return [
    'tracesToProfiles:',
    `  datasourceUid: ${quoted(profilesUid)}`,
    `  profileTypeId: ${quoted(profileTypeId)}`,
    ...(rules.length === 0 ? [] : ['  tags:']),
    ...rules.map(({ key, value }) => `    - { key: ${quoted(key)}, value: ${quoted(value ?? '')} }`),
  ];
}

function quoted(text: string): string {
  return JSON.stringify(text).replaceAll('$', '$$$$');
}
