import type { FetchResponse } from '@grafana/runtime';
import { map, type Observable } from 'rxjs';

import { RecentAnswers } from './RecentAnswers';
import { roundOutward, type Span } from './span';

/** Fetches a resource of the datasource's backend; errors are FetchErrors of Grafana. */
export type FetchResource = (
  path: string,
  params: Record<string, string | number>
) => Observable<FetchResponse<unknown>>;

/**
 * What the server holds: the profile types, label names and label values that a query can be built from.
 *
 * The same question is asked once: answers are shared while they are fresh, and a request that nobody waits for any
 * more (every subscriber has unsubscribed) is cancelled.
 */
export class Discovery {
  private readonly answers = new RecentAnswers<string[]>();

  constructor(private readonly fetchResource: FetchResource) {}

  /** Ids of the profile types that were sent in the span, by the profiles that the selector keeps if there is one. */
  profileTypes(span: Span, selector?: string): Observable<string[]> {
    return this.ask('profileTypes', selector === undefined ? {} : { query: selector }, span, idsOf);
  }

  /** Labels of the profiles that the selector keeps, without Pyroscope's private ones (`__…__`). */
  labelNames(selector: string, span: Span): Observable<string[]> {
    return this.ask('labelNames', { query: selector }, span, (names) =>
      textsOf(names).filter((name) => !isPrivate(name))
    );
  }

  /** Values of a label among the profiles that the selector keeps. */
  labelValues(label: string, selector: string, span: Span): Observable<string[]> {
    return this.ask('labelValues', { label, query: selector }, span, textsOf);
  }

  private ask(path: string, params: Record<string, string>, span: Span, read: (body: unknown) => string[]) {
    const { start, end } = roundOutward(span);
    const question = { ...params, start, end };
    return this.answers.get(JSON.stringify([path, question]), () =>
      this.fetchResource(path, question).pipe(map((response) => read(response.data)))
    );
  }
}

function isPrivate(label: string): boolean {
  return label.startsWith('__') && label.endsWith('__');
}

function textsOf(body: unknown): string[] {
  const texts = Array.isArray(body) ? body.filter((text) => typeof text === 'string' && text !== '') : [];
  return [...new Set<string>(texts)].sort((a, b) => a.localeCompare(b));
}

function idsOf(body: unknown): string[] {
  return textsOf(Array.isArray(body) ? body.map((type) => type?.id) : []);
}
