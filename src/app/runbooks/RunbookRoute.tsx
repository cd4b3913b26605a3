import React, { useMemo } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router-dom';

import type { SceneAppPageLike } from '@grafana/scenes';

import { cleanRunbookSearch } from '../../links/runbookUrl';
import type { AppSettings } from '../settings';

import { runbookPage } from './runbooksPages';

interface Props {
  /** As it stands in the address. */
  slug: string;
  list: SceneAppPageLike;
  settings: AppSettings;
}

/**
 * The page of one runbook. It is none of the app's pages as Scenes knows them: there is one for each address, and Scenes
 * would make the pages below a page anew whenever the address changes.
 */
export function RunbookRoute({ slug, list, settings }: Props) {
  const { search } = useLocation();
  const page = useMemo(() => runbookPage(slug, slug, list, settings), [slug, list, settings]);
  const cleaned = cleanRunbookSearch(search);
  // An alert's link may hold templates that nobody filled; before anything reads them, they go.
  return new URLSearchParams(search).toString() === cleaned.slice(1) ? (
    <Routes>
      <Route path="runbooks/:slug/*" element={<page.Component key={slug} model={page} />} />
    </Routes>
  ) : (
    <Navigate replace to={{ search: cleaned }} />
  );
}
