import { map, type Observable } from 'rxjs';

import type { FetchResource } from '../../datasource/resources/Discovery';
import { RecentAnswers } from '../../datasource/resources/RecentAnswers';
import { roundOutward, type Span } from '../../datasource/resources/span';

/** A service that sent profiles. */
export interface Service {
  name: string;
  /** Ids of the types that it sent, sorted; undefined where the server cannot tell the services apart. */
  profileTypes?: string[];
}

/** The services of a span, by name, and the ids of all types that were sent in it. */
export interface Services {
  services: Service[];
  profileTypes: string[];
}

/** Which services there are. Answers are shared for a minute; a request that nobody waits for is cancelled. */
export class ServiceDirectory {
  private readonly answers = new RecentAnswers<Services>();

  constructor(private readonly fetchResource: FetchResource) {}

  services(span: Span): Observable<Services> {
    const { start, end } = roundOutward(span);
    return this.answers.get(`${start} ${end}`, () =>
      this.fetchResource('services', { start, end }).pipe(map(({ data }) => readServices(data)))
    );
  }
}

/** Reads the backend's answer (pkg/datasource/services.go); what has no name or id is left out. */
export function readServices(body: unknown): Services {
  const { services, profileTypes } = (body ?? {}) as { services?: unknown; profileTypes?: unknown };
  return {
    services: listOf(services).flatMap(readService),
    profileTypes: listOf(profileTypes).flatMap((type) => textOf((type as { id?: unknown } | null)?.id)),
  };
}

function readService(entry: unknown): Service[] {
  const { name, profileTypes } = (entry ?? {}) as { name?: unknown; profileTypes?: unknown };
  return textOf(name).map((text) =>
    Array.isArray(profileTypes) ? { name: text, profileTypes: profileTypes.flatMap(textOf) } : { name: text }
  );
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string[] {
  return typeof value === 'string' && value !== '' ? [value] : [];
}
