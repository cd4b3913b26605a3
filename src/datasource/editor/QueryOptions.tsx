import React from 'react';

import { type CoreApp } from '@grafana/data';
import { t } from '@grafana/i18n';
import { QueryOptionGroup } from '@grafana/plugin-ui';

import type { Draft } from '../../flameql/draft';
import { queryTypeFor } from '../defaultQuery';
import type { ProfilesQuery } from '../query';
import { ClauseOptions } from './ClauseOptions';
import { optionsSummary } from './optionsSummary';
import { ShownOptions } from './ShownOptions';

interface Props {
  query: ProfilesQuery;
  /** Undefined while the query cannot be read. */
  draft?: Draft;
  /** Clauses stand in the text, and are changed there. */
  inText: boolean;
  app?: CoreApp;
  /** Labels that the profiles have, to group by. */
  labels: string[];
  /** Stores a change and runs the query. */
  onApply: (change: Partial<ProfilesQuery>) => void;
  onDraft: (draft: Draft, change?: Partial<ProfilesQuery>) => void;
}

/** What most queries leave alone, in one folded row whose head says what is set. */
export function QueryOptions({ query, draft, inText, app, labels, onApply, onDraft }: Props) {
  const shownClauses = inText ? undefined : draft;
  return (
    <QueryOptionGroup
      title={t('datasource.options.title', 'Options')}
      collapsedInfo={optionsSummary(query, queryTypeFor(query.queryType, app), shownClauses)}
    >
      <ShownOptions query={query} draft={draft} app={app} onApply={onApply} onDraft={onDraft} />
      {shownClauses && <ClauseOptions draft={shownClauses} labels={labels} onDraft={onDraft} />}
    </QueryOptionGroup>
  );
}
