/** What a bug report needs to know of the backend: the resource diagnostics (pkg/datasource/diagnostics.go). */
export interface Diagnosis {
  plugin: Record<string, string | number>;
  server: Record<string, string>;
  calls: ProbedCall[];
  settings: Record<string, string | number | boolean>;
  metrics: Record<string, number>;
}

export interface ProbedCall {
  name: string;
  /** ok, or in one word why it failed. */
  outcome: string;
  problem?: string;
  durationMs: number;
}

/** Reads the backend's answer; what it lacks is empty. */
export function readDiagnosis(body: unknown): Diagnosis {
  const answer = recordOf(body);
  return {
    plugin: plain(answer.plugin),
    server: plain(answer.server) as Record<string, string>,
    calls: (Array.isArray(answer.calls) ? answer.calls : []).map(recordOf).map(readCall),
    settings: plain(answer.settings),
    metrics: plain(answer.metrics) as Record<string, number>,
  };
}

function readCall({ name, outcome, problem, durationMs }: Record<string, unknown>): ProbedCall {
  return {
    name: String(name ?? ''),
    outcome: String(outcome ?? ''),
    problem: typeof problem === 'string' ? problem : undefined,
    durationMs: typeof durationMs === 'number' ? durationMs : 0,
  };
}

const recordOf = (value: unknown) =>
  (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;

function plain(value: unknown): Record<string, string | number> {
  const entries = Object.entries(recordOf(value)).filter(([, one]) =>
    ['string', 'number', 'boolean'].includes(typeof one)
  );
  return Object.fromEntries(entries) as Record<string, string | number>;
}

/** What the page itself knows: versions and the browser, nothing about the person or the address. */
export interface PageFacts {
  grafana: string;
  edition: string;
  browser: string;
  language: string;
  theme: string;
  screen: string;
}

/** The text to attach to a bug report. */
export function bundle(diagnosis: Diagnosis, page: PageFacts): string {
  return JSON.stringify({ page, ...diagnosis }, null, 2);
}
