import { css } from '@emotion/css';
import React, { useState } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Checkbox, Input, useStyles2 } from '@grafana/ui';

import { compileSearchFor } from '../../engine/search';

import { useFlameGraph } from '../context';
import { NamedCombobox } from '../toolbar/NamedCombobox';

import { filterKindText, type PatternFilter } from './filterText';

export interface FilterEditorProps {
  readonly filter: PatternFilter;
  onApply(filter: PatternFilter): void;
  onCancel(): void;
}

/** A filter's kind and pattern in place of its chip. */
export function FilterEditor({ filter, onApply, onCancel }: FilterEditorProps) {
  const styles = useStyles2(getStyles);
  const [draft, setDraft] = useState(filter);
  const { base } = useFlameGraph();
  const { error } = compileSearchFor(draft, base.labels);
  const kinds = (['focus', 'ignore', 'hide'] as const).map((kind) => ({
    value: kind,
    label: filterKindText({ ...draft, kind }),
  }));
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (error === undefined && draft.text !== '') {
          onApply(draft);
        }
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') {
          onCancel();
        }
      }}
    >
      <NamedCombobox
        width={16}
        options={kinds}
        value={draft.kind}
        name={t('flamegraph.filter.kind', 'What the filter does')}
        onChange={(kind) => setDraft({ ...draft, kind })}
      />
      <Input
        autoFocus
        width={32}
        value={draft.text}
        invalid={error !== undefined}
        title={error}
        aria-label={t('flamegraph.filter.pattern', 'Functions')}
        onChange={(event) => setDraft({ ...draft, text: event.currentTarget.value })}
      />
      <Checkbox
        label={t('flamegraph.search.regex', 'Regular expression')}
        value={draft.regex === true}
        onChange={(event) => setDraft({ ...draft, regex: event.currentTarget.checked })}
      />
      <Button size="sm" type="submit" disabled={error !== undefined || draft.text === ''}>
        {t('flamegraph.filter.apply', 'Apply')}
      </Button>
      <Button size="sm" variant="secondary" onClick={onCancel}>
        {t('flamegraph.filter.cancel', 'Cancel')}
      </Button>
      {error !== undefined && (
        <span className={styles.error} role="alert">
          {error}
        </span>
      )}
    </form>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  form: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
  error: css({ color: theme.colors.error.text, fontSize: theme.typography.bodySmall.fontSize }),
});
