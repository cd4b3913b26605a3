import React, { useMemo } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router-dom';

import type { SceneAppPage, SceneAppPageLike } from '@grafana/scenes';

import { cleanRunbookSearch } from '../../links/runbookUrl';
import type { AppSettings } from '../settings';

interface Props {
  /** Screen below which the page stands. */
  room: string;
  /** As it stands in the address. */
  slug: string;
  list: SceneAppPageLike;
  settings: AppSettings;
  makePage: (slug: string, title: string, list: SceneAppPageLike, settings: AppSettings) => SceneAppPage;
}

/**
 * The page of one runbook, or of another text that is written as one. It is none of the app's pages as Scenes knows them: there is one for each address, and Scenes
 * would make the pages below a page anew whenever the address changes.
 */
export function RunbookRoute({ room, slug, list, settings, makePage }: Props) {
  const { search } = useLocation();
  const page = useMemo(() => makePage(slug, slug, list, settings), [slug, list, settings, makePage]);
  const cleaned = cleanRunbookSearch(search);
  // An alert's link may hold templates that nobody filled; before anything reads them, they go.
  return new URLSearchParams(search).toString() === cleaned.slice(1) ? (
    <Routes>
      <Route path={`${room}/:slug/*`} element={<page.Component key={slug} model={page} />} />
    </Routes>
  ) : (
    <Navigate replace to={{ search: cleaned }} />
  );
}
