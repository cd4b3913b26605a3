import { useEffect, useRef } from 'react';
import { first, map, of, switchMap, type Observable } from 'rxjs';

import { EVERYTHING } from '../migrate';
import { firstChoice } from '../profileTypes/profileType';
import type { ProfilesQuery } from '../query';
import type { Discovery } from '../resources/Discovery';
import type { Span } from '../resources/span';
import { scopeOf, writeSelector } from '../selector/selector';

/** The label by which every Pyroscope agent names the service. */
export const SERVICE_LABEL = 'service_name';

/**
 * The type and the service that a new query shows at once: the most telling type, and the first service that sends it.
 * A selector that is already there is kept. Emits once; nothing is chosen where there is nothing to choose from.
 */
export function chooseFirst(
  discovery: Discovery,
  span: Span,
  query: ProfilesQuery
): Observable<Partial<ProfilesQuery>> {
  return discovery.profileTypes(span).pipe(
    first(),
    switchMap((types) => {
      const profileTypeId = firstChoice(types);
      if (profileTypeId === undefined) {
        return of({});
      }
      if (query.labelSelector !== EVERYTHING) {
        return of({ profileTypeId });
      }
      return discovery.labelValues(SERVICE_LABEL, scopeOf(EVERYTHING, profileTypeId), span).pipe(
        first(),
        map(([service]) =>
          service === undefined
            ? { profileTypeId }
            : { profileTypeId, labelSelector: writeSelector([{ label: SERVICE_LABEL, op: '=', value: service }]) }
        )
      );
    })
  );
}

/** Chooses once, when the editor is mounted with a query that has no type. */
export function useFirstChoice(
  wanted: boolean,
  choose: () => Observable<Partial<ProfilesQuery>>,
  onChoice: (choice: Partial<ProfilesQuery>) => void
) {
  const latest = useRef({ wanted, choose, onChoice });
  useEffect(() => {
    latest.current = { wanted, choose, onChoice };
  });
  useEffect(() => {
    if (!latest.current.wanted) {
      return undefined;
    }
    const choosing = latest.current.choose().subscribe({
      next: (choice) => {
        if (latest.current.wanted && choice.profileTypeId !== undefined) {
          latest.current.onChoice(choice);
        }
      },
      // The editor shows the same failure beside the profile type; here there is nothing to choose.
      error: () => undefined,
    });
    return () => choosing.unsubscribe();
  }, []);
}
