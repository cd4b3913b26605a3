import { useMemo } from 'react';
import { from, type Observable } from 'rxjs';

import { useAnswer } from '../../../datasource/resources/useAnswer';
import { type Library, libraryOf } from '../model/library';

/** Texts by slug, which are a chunk of their own, loaded when the first is looked at. */
export type LoadTexts = () => Observable<Readonly<Record<string, string>>>;

/** All runbooks, shipped and own; or other pages that are written as runbooks are. */
export function useLibrary(
  own: unknown,
  load: LoadTexts = loadShipped
): { library?: Library; failure?: string; retry: () => void } {
  const { value: shipped, failure, retry } = useAnswer(load);
  const library = useMemo(() => shipped && libraryOf(shipped, own), [shipped, own]);
  return { library, failure, retry };
}

function loadShipped(): Observable<Readonly<Record<string, string>>> {
  return from(import('../shipped').then(({ SHIPPED_TEXTS }) => SHIPPED_TEXTS));
}
