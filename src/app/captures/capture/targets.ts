import { map, type Observable } from 'rxjs';

import { fetchResourceOf } from '../../resources/fetchResource';

/** What profiles may be taken from, as the backend tells it (pkg/datasource/captures.go). */
export interface CaptureTarget {
  id: string;
  name: string;
  kind: string;
  instances: string[];
  labels: Record<string, string>;
  mostSeconds: number;
}

export interface CaptureTargets {
  targets: CaptureTarget[];
  /** A sentence for each target of the settings that cannot be used. */
  leftOut?: string[];
}

export function captureTargets(datasourceUid: string): Observable<CaptureTargets> {
  return fetchResourceOf(datasourceUid)('captures/targets', {}).pipe(
    // Our own backend of the same version wrote it.
    map(({ data }) => data as CaptureTargets)
  );
}

/** The service whose profiles a target's are. */
export function serviceOf({ labels, name }: CaptureTarget): string {
  return labels.service_name || name;
}

/** The target that a link means: by its id, else by its service. */
export function targetOf(
  targets: readonly CaptureTarget[],
  { target, service }: { target?: string; service?: string }
): CaptureTarget | undefined {
  return (
    targets.find(({ id }) => id === target) ??
    targets.find((one) => service !== undefined && serviceOf(one) === service)
  );
}
