import { useCallback, useEffect, useState } from 'react';

import { usePluginUserStorage } from '@grafana/runtime';

const KEY = 'favourite-services';
/** More are no favourites any more, and the storage is small. */
const MOST = 200;
const NONE: ReadonlySet<string> = new Set();

export interface Favourites {
  names: ReadonlySet<string>;
  /** Makes a service a favourite, or no favourite any more. */
  toggle: (service: string) => void;
}

/** Services that this user marked, in Grafana's storage of the user; in this browser for who is not signed in. */
export function useFavourites(): Favourites {
  const [storage] = useState(usePluginUserStorage());
  const [names, setNames] = useState(NONE);

  useEffect(() => {
    let isGone = false;
    storage.getItem(KEY).then(
      (text) => !isGone && setNames(namesIn(text)),
      () => undefined // There are none, then.
    );
    return () => {
      isGone = true;
    };
  }, [storage]);

  const toggle = useCallback(
    (service: string) => {
      const others = [...names].filter((name) => name !== service);
      const next = names.has(service) ? others : [service, ...others].slice(0, MOST);
      setNames(new Set(next));
      // Where they cannot be kept, they are favourites until the page is left.
      storage.setItem(KEY, JSON.stringify(next)).catch(() => undefined);
    },
    [names, storage]
  );
  return { names, toggle };
}

/** The favourites in what was kept, which somebody else may have written. */
function namesIn(text: string | null): ReadonlySet<string> {
  try {
    const kept: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(kept) ? new Set(kept.filter((name) => typeof name === 'string').slice(0, MOST)) : NONE;
  } catch {
    return NONE;
  }
}
