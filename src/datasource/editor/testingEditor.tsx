import { render } from '@testing-library/react';
import React, { useEffect, useState } from 'react';

import { CoreApp } from '@grafana/data';

import type { ProfilesQuery } from '../query';
import { QueryEditor } from './QueryEditor';
import { datasourceWith, RANGE } from './testing';

/** Draws the editor as Grafana does: what it changes comes back as its query. */
export function drawEditor(
  saved: Partial<ProfilesQuery>,
  app: CoreApp = CoreApp.Explore,
  datasource = datasourceWith()
) {
  const shown = jest.fn<void, [ProfilesQuery]>();
  const onRunQuery = jest.fn();
  function Row() {
    const [query, setQuery] = useState({ refId: 'A', ...saved } as ProfilesQuery);
    useEffect(() => shown(query), [query]);
    return (
      <QueryEditor
        query={query}
        onChange={setQuery}
        onRunQuery={onRunQuery}
        datasource={datasource}
        range={RANGE}
        app={app}
      />
    );
  }
  const { unmount } = render(<Row />);
  return { unmount, latest: () => shown.mock.lastCall![0], onRunQuery };
}
