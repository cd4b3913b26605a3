import { css } from '@emotion/css';
import React, { useDeferredValue, useId, useMemo, useState } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Alert, Button, Field, Input, Stack, Text, TextArea, useStyles2 } from '@grafana/ui';

import { RAW } from '../../../flamegraph/raw';
import type { OwnRunbook } from '../model/library';

import { faultsOf } from './settingsFault';
import { RunbookPreview } from './RunbookPreview';

interface Props {
  runbook: OwnRunbook;
  /** The other own runbooks. */
  others: OwnRunbook[];
  onSave: (written: OwnRunbook) => void;
  onCancel: () => void;
  saving: boolean;
}

/** A runbook's address and text, what is wrong with them by line, and what it looks like. */
export function RunbookEditor({ runbook, others, onSave, onCancel, saving }: Props) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const [written, setWritten] = useState(runbook);
  // Typing goes before checking and drawing.
  const shown = useDeferredValue(written);
  const faults = useMemo(() => faultsOf(shown, others), [shown, others]);
  const canSave =
    faults.slug === undefined && faults.text.length === 0 && faults.room === undefined && shown === written;
  return (
    <div className={styles.editor}>
      <div className={styles.form}>
        <Field
          label={t('app.runbooks.edit.slug', 'Address')}
          description={t(
            'app.runbooks.edit.slug-why',
            'Last part of the page’s address, as alert rules link to it. The address of a shipped runbook replaces that one.'
          )}
          htmlFor={`${id}-slug`}
          invalid={faults.slug !== undefined}
          error={faults.slug}
          noMargin
        >
          <Input
            id={`${id}-slug`}
            value={written.slug}
            onChange={({ currentTarget }) => setWritten({ ...written, slug: currentTarget.value.trim() })}
          />
        </Field>
        <Field label={t('app.runbooks.edit.text', 'Front matter and Markdown')} htmlFor={`${id}-text`} noMargin>
          <TextArea
            id={`${id}-text`}
            className={styles.text}
            value={written.markdown}
            rows={24}
            spellCheck={false}
            onChange={({ currentTarget }) => setWritten({ ...written, markdown: currentTarget.value })}
          />
        </Field>
        <div role="status">
          {faults.room !== undefined && <Text color="error">{faults.room}</Text>}
          <ul>
            {faults.text.map(({ line, message }) => (
              <li key={`${line} ${message}`}>
                <Text color="error">
                  {t('app.runbooks.fault.at-line', 'Line {{line}}: {{message}}', { line, message, ...RAW })}
                </Text>
              </li>
            ))}
          </ul>
        </div>
        <Stack>
          <Button disabled={!canSave || saving} icon={saving ? 'spinner' : undefined} onClick={() => onSave(written)}>
            {t('app.configuration.save', 'Save')}
          </Button>
          <Button variant="secondary" fill="outline" onClick={onCancel}>
            {t('app.runbooks.edit.cancel', 'Cancel')}
          </Button>
        </Stack>
        {written !== runbook && (
          <Alert severity="info" title={t('app.runbooks.edit.unsaved', 'There are changes that are not stored yet')} />
        )}
      </div>
      <section aria-label={t('app.runbooks.edit.preview', 'Preview')} className={styles.preview}>
        <RunbookPreview runbook={shown} />
      </section>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  editor: css({
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 420px), 1fr))',
    gap: theme.spacing(2),
  }),
  form: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1.5), minWidth: 0 }),
  text: css({ fontFamily: theme.typography.fontFamilyMonospace, whiteSpace: 'pre', overflowX: 'auto' }),
  preview: css({
    minWidth: 0,
    padding: theme.spacing(2),
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
  }),
});
