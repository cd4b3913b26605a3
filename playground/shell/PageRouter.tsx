import React, { type ReactNode, useEffect, useState } from 'react';
import { Router } from 'react-router-dom';

import { locationService } from '@grafana/runtime';

/** Grafana's links are plain anchors; one within the page moves the page instead of loading it anew. */
function followLink(event: MouseEvent) {
  const anchor = event.target instanceof Element ? event.target.closest('a') : null;
  const isPlainClick = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!anchor?.href || !isPlainClick || event.defaultPrevented || anchor.target || anchor.hasAttribute('download')) {
    return;
  }
  const url = new URL(anchor.href);
  if (url.origin === window.location.origin && !url.pathname.startsWith('/public/')) {
    event.preventDefault();
    locationService.push(url.pathname + url.search + url.hash);
  }
}

/** React Router on the history that @grafana/runtime shares with plugins. */
export function PageRouter({ children }: { children: ReactNode }) {
  const [location, setLocation] = useState(locationService.getLocation());
  useEffect(() => {
    const subscription = locationService.getLocationObservable().subscribe(setLocation);
    document.addEventListener('click', followLink);
    return () => {
      subscription.unsubscribe();
      document.removeEventListener('click', followLink);
    };
  }, []);
  const history = locationService.getHistory();
  return (
    <Router
      location={location}
      navigator={{
        createHref: (to) => history.createHref(toLocation(to)),
        go: history.go,
        push: history.push,
        replace: history.replace,
      }}
    >
      {children}
    </Router>
  );
}

function toLocation(to: string | { pathname?: string; search?: string; hash?: string }) {
  return typeof to === 'string' ? { pathname: to } : to;
}
