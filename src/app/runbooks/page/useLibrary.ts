import { useMemo } from 'react';
import { from, type Observable } from 'rxjs';

import { useAnswer } from '../../../datasource/resources/useAnswer';
import { type Library, libraryOf } from '../model/library';

/** All runbooks, shipped and own. The shipped texts are a chunk of their own, loaded when the first is looked at. */
export function useLibrary(own: unknown): { library?: Library; failure?: string; retry: () => void } {
  const { value: shipped, failure, retry } = useAnswer(loadShipped);
  const library = useMemo(() => shipped && libraryOf(shipped, own), [shipped, own]);
  return { library, failure, retry };
}

function loadShipped(): Observable<Readonly<Record<string, string>>> {
  return from(import('../shipped').then(({ SHIPPED_TEXTS }) => SHIPPED_TEXTS));
}
