import { css } from '@emotion/css';
import React, { useState } from 'react';

import type { AppPluginMeta, GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Alert, Button, ConfirmButton, Text, useStyles2 } from '@grafana/ui';

import { describeFailure } from '../../../datasource/resources/failure';
import { isAdministrator } from '../../configuration/isAdministrator';
import { changeSettings } from '../../configuration/saveSettings';
import type { AppSettings } from '../../settings';
import { libraryOf, type OwnRunbook } from '../model/library';

import { RunbookEditor } from './RunbookEditor';

/** What a new runbook begins with: the skeleton that the shipped ones have. */
const TEMPLATE = `---
title: What is wrong, in a few words
summary: When to open this, in one sentence.
group: own
type: cpu
---

## Impact

## Capture before a restart

\`\`\`flamewatch captures
profiles: [heap, goroutine]
\`\`\`

## Evidence

\`\`\`flamewatch diff
\`\`\`

## Mitigation

- [ ] First step

\`\`\`bash
kubectl -n {{namespace}} rollout undo deployment/{{service}}
\`\`\`

## Verification

- [ ] How to see that it is over

## Escalation

\`\`\`flamewatch escalation
\`\`\`
`;

/** The organisation's own runbooks on the configuration page: written, checked while they are, and stored. */
export function OwnRunbooks({ meta }: { meta: AppPluginMeta<AppSettings> }) {
  const styles = useStyles2(getStyles);
  const [stored, setStored] = useState(meta.jsonData?.runbooks);
  const [edited, setEdited] = useState<OwnRunbook>();
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<string>();
  const { entries, problems } = libraryOf({}, stored);
  const own = entries.map(({ runbook: { slug }, text }): OwnRunbook => ({ slug, markdown: text }));
  const mayEdit = isAdministrator();

  const store = async (runbooks: OwnRunbook[]) => {
    setSaving(true);
    setFailure(undefined);
    try {
      await changeSettings(meta, { runbooks });
      setStored(runbooks);
      setEdited(undefined);
    } catch (error) {
      setFailure(describeFailure(error));
    } finally {
      setSaving(false);
    }
  };
  const others = own.filter(({ slug }) => slug !== edited?.slug);

  return (
    <section className={styles.section} aria-labelledby="flamewatch-own-runbooks">
      <div id="flamewatch-own-runbooks">
        <Text element="h2" variant="h4">
          {t('app.runbooks.edit.title', 'Own runbooks')}
        </Text>
      </div>
      {problems.map((problem) => (
        <Alert key={problem} severity="warning" title={problem} />
      ))}
      {failure !== undefined && (
        <Alert severity="error" title={t('app.configuration.failed', 'The settings were not saved')}>
          {failure}
        </Alert>
      )}
      {edited ? (
        <RunbookEditor
          key={edited.slug}
          runbook={edited}
          others={others}
          saving={saving}
          onSave={(written) => void store([...others, written])}
          onCancel={() => setEdited(undefined)}
        />
      ) : (
        <>
          {own.length === 0 && (
            <Text color="secondary">
              {t('app.runbooks.edit.none', 'There are none yet. The shipped ones are on the screen “Runbooks”.')}
            </Text>
          )}
          <ul className={styles.list}>
            {entries.map(({ runbook, text }) => (
              <li key={runbook.slug} className={styles.entry}>
                <span>
                  {runbook.title} <code>{runbook.slug}</code>
                </span>
                {runbook.faults.length > 0 && <Text color="warning">{t('app.runbooks.has-faults', 'Has faults')}</Text>}
                <Button
                  size="sm"
                  variant="secondary"
                  icon="pen"
                  disabled={!mayEdit}
                  onClick={() => setEdited({ slug: runbook.slug, markdown: text })}
                >
                  {t('app.runbooks.edit.edit', 'Edit')}
                </Button>
                <ConfirmButton
                  confirmText={t('app.runbooks.edit.delete', 'Delete')}
                  confirmVariant="destructive"
                  disabled={!mayEdit || saving}
                  onConfirm={() => void store(own.filter(({ slug }) => slug !== runbook.slug))}
                >
                  {t('app.runbooks.edit.delete', 'Delete')}
                </ConfirmButton>
              </li>
            ))}
          </ul>
          <div>
            <Button
              icon="plus"
              variant="secondary"
              disabled={!mayEdit}
              onClick={() => setEdited({ slug: '', markdown: TEMPLATE })}
            >
              {t('app.runbooks.edit.new', 'New runbook')}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  section: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1.5), marginTop: theme.spacing(4) }),
  list: css({ listStyle: 'none', padding: 0, margin: 0 }),
  entry: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    alignItems: 'center',
    padding: theme.spacing(0.5, 0),
  }),
});
