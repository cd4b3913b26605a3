import { useCallback, useMemo } from 'react';
import type { Observable } from 'rxjs';

import { firstChoice } from '../../../datasource/profileTypes/profileType';
import type { Span } from '../../../datasource/resources/span';
import { useAnswer } from '../../../datasource/resources/useAnswer';
import { resolveType } from '../../../flameql/profileTypes/resolveType';
import type { Incident } from '../../../links/runbookUrl';
import type { Services } from '../../resources/ServiceDirectory';
import { useDiscovery } from '../../resources/useDiscovery';
import { useServiceDirectory } from '../../resources/useServiceDirectory';
import type { Evidence } from '../blocks/question';
import { baselineOffset, type FrontMatter, PREVIOUS_VERSION } from '../model/frontMatter';

import { findVersions, type VersionsFound } from './findVersions';

export interface Found {
  /** Undefined while no service is chosen, and until it is known what there is. */
  evidence?: Evidence;
  /** Full id of the type that is looked at, as far as it is known. */
  profileTypeId?: string;
  /** The service that the page looks at. */
  service?: string;
  services: Services;
  loading: boolean;
  /** An example is being looked for. */
  choosing: boolean;
  /** Why the services are not known. */
  failure?: string;
  retry: () => void;
  /** What was found out of versions, in words. */
  note?: string;
}

interface Asked {
  datasourceUid: string;
  incident: Incident;
  frontMatter: Pick<FrontMatter, 'type' | 'service' | 'baseline'>;
  range: Span;
  /** Finds a service where nothing names one, as an example. */
  findExample?: (datasourceUid: string, services: Services, range: Span) => Observable<string | undefined>;
}

const NO_SERVICES: Services = { services: [], profileTypes: [] };

/** Finds out what an alert's link did not say: which types the service sends, and which versions or times to compare. */
export function useEvidence({ datasourceUid, incident, frontMatter, range, findExample }: Asked): Found {
  const { start, end } = range;
  const directory = useServiceDirectory(datasourceUid);
  const discovery = useDiscovery(datasourceUid);
  const ask = useCallback(() => directory.services({ start, end }), [directory, start, end]);
  const answer = useAnswer(ask);
  const services = answer.value ?? NO_SERVICES;
  const isKnown = !answer.loading;
  const named = incident.service ?? servicePresent(frontMatter.service, services);
  const { example, choosing } = useExample(
    named === undefined && isKnown && datasourceUid !== '' ? findExample : undefined,
    datasourceUid,
    services,
    range
  );
  const service = named ?? example;
  const type = incident.profileTypeId ?? frontMatter.type;
  const sent = services.services.find(({ name }) => name === service);
  // A server that is down, or that cannot tell services apart, leaves it to each question to fail or not.
  const sentTypes =
    answer.failure !== undefined
      ? undefined
      : sent
        ? (sent.profileTypes ?? services.profileTypes)
        : services.services.length === 0
          ? undefined
          : NO_TYPES;
  const profileTypeId = useMemo(() => fullType(type, service, sentTypes), [type, service, sentTypes]);

  const wantsVersions =
    (incident.version !== undefined && incident.baselineVersion !== undefined) ||
    (frontMatter.baseline === PREVIOUS_VERSION && incident.baseline === undefined);
  const askVersions = useMemo(
    () =>
      isKnown && wantsVersions && service !== undefined && profileTypeId !== undefined
        ? () => findVersions({ discovery, datasourceUid, profileTypeId, incident, service, range: { start, end } })
        : undefined,
    [isKnown, wantsVersions, service, profileTypeId, discovery, datasourceUid, incident, start, end]
  );
  const versions = useAnswer(askVersions);
  const versionsKnown = askVersions === undefined || !versions.loading;
  const found: VersionsFound | undefined = askVersions && !versions.loading ? versions.value : undefined;

  const evidence = useMemo((): Evidence | undefined => {
    if (service === undefined || !isKnown || !versionsKnown) {
      return undefined;
    }
    return {
      service,
      functionName: incident.functionName,
      type: profileTypeId ?? type,
      sentTypes,
      range: { start, end },
      baseline: baselineOf(incident, { start, end }, frontMatter.baseline, found),
      versions: found?.versions,
    };
  }, [service, isKnown, versionsKnown, incident, profileTypeId, type, sentTypes, start, end, frontMatter, found]);

  return {
    evidence,
    profileTypeId,
    service,
    services,
    loading: answer.loading,
    choosing,
    failure: answer.failure,
    retry: answer.retry,
    note: versions.failure ?? found?.note,
  };
}

/** The service that findExample finds; the first one where it fails. */
function useExample(
  findExample: Asked['findExample'],
  datasourceUid: string,
  services: Services,
  { start, end }: Span
): { example?: string; choosing: boolean } {
  const ask = useMemo(
    () => findExample && (() => findExample(datasourceUid, services, { start, end })),
    [findExample, datasourceUid, services, start, end]
  );
  const { value, loading, failure } = useAnswer(ask);
  const first = failure === undefined ? undefined : services.services[0]?.name;
  return { example: findExample && (value ?? first), choosing: loading && value === undefined };
}

const NO_TYPES: readonly string[] = [];

/** A runbook's own service counts where it is: a control plane elsewhere may name it otherwise. */
function servicePresent(service: string | undefined, { services }: Services): string | undefined {
  return services.find(({ name }) => name === service)?.name;
}

/** The full id of a type as the runbook or the alert writes it, or of the most telling type of the service. */
function fullType(
  type: string | undefined,
  service: string | undefined,
  sent: readonly string[] | undefined
): string | undefined {
  if (service === undefined || sent === undefined) {
    return type !== undefined && type.split(':').length === 5 ? type : undefined;
  }
  const resolved = type === undefined ? undefined : resolveType(type, [{ service, types: [...sent] }]);
  return resolved?.ok ? resolved.types[0] : firstChoice(sent);
}

/** When the incident is held against: the alert's range, the version before, or an earlier time. */
function baselineOf(
  incident: Incident,
  { start, end }: Span,
  written: string | undefined,
  found: VersionsFound | undefined
): Span {
  if (incident.baseline) {
    return { start: incident.baseline.from, end: incident.baseline.to };
  }
  if (found?.baseline) {
    return found.baseline;
  }
  const back = (written === undefined ? undefined : baselineOffset(written)) ?? end - start;
  return { start: start - back, end: end - back };
}
