import type { ProfilesState } from '../../links/appUrl';
import { labelValue } from '../../links/labelValue';
import { DATASOURCE_TYPE } from '../../links/linked';

/** A query of any data source, as extension points hand it over. */
export interface AnyQuery {
  datasource?: { type?: string; uid?: string } | null;
  [field: string]: unknown;
}

/** What can be read of a service's profiles; the screen takes its own for what is missing. */
export type ProfiledService = Pick<ProfilesState, 'datasourceUid' | 'profileTypeId' | 'service'>;

/** Fills variables in; the text as it is where there are none. */
export type FillIn = (text: string) => string;

/** Labels of metrics that name a service, the surest first. */
const SERVICE_LABELS = ['service_name', 'service', 'app_kubernetes_io_name', 'app', 'job'];

/** Metrics of CPU time that a profile explains: of processes, containers and runtimes. */
const CPU_METRIC = /\b\w*(?:process_cpu|container_cpu|cpu_usage|cpu_time|cpu_seconds)\w*\b/;

/**
 * The service that queries are about, with its profiles where they say more of it: queries of profiles, of traces, and
 * of a CPU metric in Prometheus. Undefined where none of them is about a service.
 */
export function profiledServiceOf(queries: readonly AnyQuery[], fillIn: FillIn): ProfiledService | undefined {
  for (const query of queries) {
    const found = serviceOfQuery(query, fillIn);
    if (found?.service && !found.service.includes('$')) {
      return found;
    }
  }
  return undefined;
}

function serviceOfQuery(query: AnyQuery, fillIn: FillIn): ProfiledService | undefined {
  const { type, uid } = query.datasource ?? {};
  const text = (field: string) => (typeof query[field] === 'string' ? fillIn(query[field]) : '');
  switch (type) {
    case DATASOURCE_TYPE:
    case 'grafana-pyroscope-datasource': {
      const service = labelValue('service_name', text('flameql') || text('labelSelector'));
      const isOurs = type === DATASOURCE_TYPE;
      return {
        service,
        profileTypeId: text('profileTypeId') || undefined,
        datasourceUid: isOurs && uid ? fillIn(uid) : undefined,
      };
    }
    case 'tempo':
      return {
        service: labelValue('(?:resource)?\\.service\\.name', text('query')) ?? serviceOfFilters(query.filters),
      };
    case 'prometheus': {
      const expr = text('expr');
      return CPU_METRIC.test(expr) ? { service: firstValueOf(SERVICE_LABELS, expr) } : undefined;
    }
    default:
      return undefined;
  }
}

/** The search form of Tempo keeps its conditions apart. */
function serviceOfFilters(filters: unknown): string | undefined {
  const found = Array.isArray(filters) ? filters.find((filter) => filter?.tag === 'service.name') : undefined;
  const value: unknown = Array.isArray(found?.value) ? found.value[0] : found?.value;
  return typeof value === 'string' ? value : undefined;
}

function firstValueOf(labels: readonly string[], text: string): string | undefined {
  return labels.map((label) => labelValue(label, text)).find((value) => value !== undefined);
}

/** The service of an alert's labels. */
export function serviceOfLabels(labels: Readonly<Record<string, string>> = {}): string | undefined {
  return SERVICE_LABELS.map((label) => labels[label]).find((value) => value !== undefined && value !== '');
}
