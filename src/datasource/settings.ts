import type { DataSourceJsonData } from '@grafana/data';

import type { StoredTarget } from './config/captures/captureTarget';

/**
 * The keys of jsonData, as the backend reads them (pkg/datasource/settings.go). minStep is core's; all are optional.
 * Secrets (password, header values, TLS keys) stand in secureJsonData under Grafana's own names.
 */
export interface ProfilesOptions extends DataSourceJsonData {
  /** Least distance of two points of a series, a duration such as 15s. */
  minStep?: string;
  /** Sent as X-Scope-OrgID. */
  tenant?: string;
  /** Most nodes of a flame graph when the query names none. */
  maxNodes?: number;
  /** Largest unpacked answer, in MiB. */
  responseLimit?: number;
  /** Label that tells the instances of a service apart. */
  instanceLabel?: string;
  /** How late profiles may arrive, a duration such as 90s. */
  ingestDelay?: string;
  /** Share of the time that CPU profiling is on, above 0 up to 1; absent: not known. */
  cpuCoverage?: number;
  /** The data source of traces that spans open in. */
  tracesDatasourceUid?: string;
  /** Calls that one query makes at the same time. */
  concurrency?: number;
  /** What profiles may be taken from on demand; their secrets' keys hold their ids. */
  captureTargets?: StoredTarget[];
}

/** What the backend uses where a setting is absent, and the bounds it accepts. */
export const SETTINGS = {
  minStep: '15s',
  ingestDelay: '90s',
  maxNodes: { preset: 8192, least: 1, most: 1 << 20 },
  responseLimit: { preset: 128, least: 1, most: 2048 },
  concurrency: { preset: 8, least: 1, most: 64 },
} as const;
