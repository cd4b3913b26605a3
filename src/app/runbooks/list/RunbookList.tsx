import { css } from '@emotion/css';
import React, { useState } from 'react';

import { type GrafanaTheme2, locationUtil } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import { SceneObjectBase, type SceneComponentProps, type SceneObjectState } from '@grafana/scenes';
import { Alert, Badge, EmptyState, FilterInput, LinkButton, Text, TextLink, useStyles2 } from '@grafana/ui';

import { runbookUrl } from '../../../links/runbookUrl';
import type { AppSettings } from '../../settings';
import { isAdministrator } from '../../configuration/isAdministrator';
import { RUNBOOK_GROUPS, type RunbookGroup } from '../model/frontMatter';
import type { Library, LibraryEntry } from '../model/library';
import { OpenedLibrary } from '../page/OpenedLibrary';
import { useLibrary } from '../page/useLibrary';

interface RunbookListState extends SceneObjectState {
  settings: AppSettings;
}

/** The screen of all runbooks. */
export class RunbookList extends SceneObjectBase<RunbookListState> {
  static readonly Component = RunbookListView;
}

const CONFIGURATION = '/plugins/flamewatch-profiles-app';

function RunbookListView({ model }: SceneComponentProps<RunbookList>) {
  const opened = useLibrary(model.useState().settings.runbooks);
  return (
    <OpenedLibrary
      opened={opened}
      loading={t('app.runbooks.loading-all', 'Opening the runbooks…')}
      notLoaded={t('app.runbooks.not-loaded', 'The runbooks could not be loaded')}
    >
      {(library) => <Runbooks library={library} />}
    </OpenedLibrary>
  );
}

function Runbooks({ library }: { library: Library }) {
  const styles = useStyles2(getStyles);
  const [search, setSearch] = useState('');
  const shown = library.entries.filter((entry) => isMeant(entry, search));
  return (
    <div className={styles.screen}>
      <div className={styles.head}>
        <FilterInput
          value={search}
          onChange={setSearch}
          placeholder={t('app.runbooks.search', 'Search by symptom, e.g. memory')}
          aria-label={t('app.runbooks.search-label', 'Search')}
          escapeRegex={false}
        />
        {isAdministrator() && (
          <LinkButton variant="secondary" icon="cog" href={locationUtil.assureBaseUrl(CONFIGURATION)}>
            {t('app.runbooks.add-own', 'Write your own')}
          </LinkButton>
        )}
      </div>
      {library.problems.map((problem) => (
        <Alert key={problem} severity="warning" title={problem} />
      ))}
      {shown.length === 0 && (
        <EmptyState variant="not-found" message={t('app.runbooks.none-found', 'No runbook is about this')}>
          <Trans i18nKey="app.runbooks.none-found-text">Search for a symptom, such as memory, latency or queue.</Trans>
        </EmptyState>
      )}
      {RUNBOOK_GROUPS.map((group) => {
        const entries = shown.filter(({ runbook }) => runbook.group === group);
        return entries.length === 0 ? null : <Group key={group} group={group} entries={entries} />;
      })}
    </div>
  );
}

function Group({ group, entries }: { group: RunbookGroup; entries: LibraryEntry[] }) {
  const styles = useStyles2(getStyles);
  const title = groupTitle(group);
  return (
    <section aria-label={title}>
      <Text element="h2" variant="h4">
        {title}
      </Text>
      <ul className={styles.list}>
        {entries.map(({ runbook, origin }) => (
          <li key={runbook.slug}>
            <div className={styles.name}>
              <TextLink href={locationUtil.assureBaseUrl(runbookUrl(runbook.slug))} inline={false}>
                {runbook.title}
              </TextLink>
              {origin !== 'shipped' && (
                <Badge
                  color="blue"
                  text={
                    origin === 'own' ? t('app.runbooks.own', 'Own') : t('app.runbooks.override', 'Replaces the shipped')
                  }
                />
              )}
              {runbook.faults.length > 0 && (
                <Badge color="orange" icon="exclamation-triangle" text={t('app.runbooks.has-faults', 'Has faults')} />
              )}
            </div>
            <Text color="secondary">{runbook.summary}</Text>
          </li>
        ))}
      </ul>
    </section>
  );
}

function groupTitle(group: RunbookGroup): string {
  switch (group) {
    case 'application':
      return t('app.runbooks.group.application', 'Services');
    case 'control-plane':
      return t('app.runbooks.group.control-plane', 'Kubernetes control plane');
    case 'profiler':
      return t('app.runbooks.group.profiler', 'Health of profiling itself');
    case 'own':
      return t('app.runbooks.group.own', 'Your own');
  }
}

function isMeant({ runbook: { slug, title, summary, tags } }: LibraryEntry, search: string): boolean {
  const text = [slug, title, summary, ...tags].join(' ').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

const getStyles = (theme: GrafanaTheme2) => ({
  screen: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2), maxWidth: 1100 }),
  head: css({ display: 'flex', gap: theme.spacing(1), flexWrap: 'wrap', '& > :first-child': { flex: '1 1 240px' } }),
  list: css({
    listStyle: 'none',
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 420px), 1fr))',
    gap: theme.spacing(1.5, 3),
    margin: theme.spacing(1, 0, 0),
    padding: 0,
  }),
  name: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), alignItems: 'center' }),
});
