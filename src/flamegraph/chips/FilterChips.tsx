import { css } from '@emotion/css';
import React, { useState } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, IconButton, useStyles2 } from '@grafana/ui';

import { useFlameGraph } from '../context';
import type { Filter } from '../state/flameGraphState';

import { FilterEditor } from './FilterEditor';
import { filterKindText, filterSubject, isPatternFilter } from './filterText';
import { RAW } from '../raw';

/** What is changed about the profile: each filter can be edited and removed. Nothing while there is none. */
export function FilterChips() {
  const styles = useStyles2(getStyles);
  const { state, change } = useFlameGraph();
  const [edited, setEdited] = useState<number>();
  const { filters, sandwich } = state;
  if (filters.length === 0 && sandwich === undefined && !state.inverted) {
    return null;
  }
  const replace = (index: number, filter?: Filter) => {
    setEdited(undefined);
    change({ filters: filters.flatMap((old, i) => (i === index ? (filter ? [filter] : []) : [old])) });
  };

  return (
    <ul className={styles.chips} aria-label={t('flamegraph.filter.label', 'Filters')}>
      {sandwich !== undefined && (
        <Chip
          kind={t('flamegraph.filter.sandwich', 'Callers and callees of')}
          subject={sandwich}
          onRemove={() => change({ sandwich: undefined, focus: [], window: undefined })}
        />
      )}
      {state.inverted && (
        <Chip
          kind={t('flamegraph.filter.inverted', 'Inverted')}
          subject=""
          onRemove={() => change({ inverted: false, focus: [], window: undefined })}
        />
      )}
      {filters.map((filter, index) =>
        edited === index && isPatternFilter(filter) ? (
          <li key={index}>
            <FilterEditor
              filter={filter}
              onApply={(next) => replace(index, next)}
              onCancel={() => setEdited(undefined)}
            />
          </li>
        ) : (
          <Chip
            key={index}
            kind={filterKindText(filter)}
            subject={filterSubject(filter)}
            onEdit={isPatternFilter(filter) ? () => setEdited(index) : undefined}
            onRemove={() => replace(index)}
          />
        )
      )}
      {filters.length > 1 && (
        <li>
          <Button size="sm" fill="text" variant="secondary" onClick={() => change({ filters: [] })}>
            {t('flamegraph.filter.clear', 'Clear filters')}
          </Button>
        </li>
      )}
    </ul>
  );
}

interface ChipProps {
  readonly kind: string;
  readonly subject: string;
  onEdit?(): void;
  onRemove(): void;
}

function Chip({ kind, subject, onEdit, onRemove }: ChipProps) {
  const styles = useStyles2(getStyles);
  const text = (
    <>
      <span className={styles.kind}>{kind}</span> {subject}
    </>
  );
  const named = `${kind} ${subject}`.trim();
  return (
    <li className={styles.chip}>
      {onEdit ? (
        <button
          type="button"
          className={styles.edit}
          title={subject}
          aria-label={t('flamegraph.filter.edit', 'Edit filter: {{filter}}', {
            filter: named,
            ...RAW,
          })}
          onClick={onEdit}
        >
          {text}
        </button>
      ) : (
        <span className={styles.text} title={subject}>
          {text}
        </span>
      )}
      <IconButton
        name="times"
        size="sm"
        tooltip={t('flamegraph.filter.remove', 'Remove filter: {{filter}}', {
          filter: named,
          ...RAW,
        })}
        onClick={onRemove}
      />
    </li>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const text = {
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  } as const;
  return {
    chips: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5), listStyle: 'none', margin: 0 }),
    chip: css({
      display: 'flex',
      alignItems: 'center',
      maxWidth: 360,
      minWidth: 0,
      gap: theme.spacing(0.5),
      padding: theme.spacing(0.25, 0.5, 0.25, 1),
      borderRadius: theme.shape.radius.pill,
      background: theme.colors.background.secondary,
      border: `1px solid ${theme.colors.border.weak}`,
      fontSize: theme.typography.bodySmall.fontSize,
    }),
    kind: css({ color: theme.colors.text.secondary }),
    text: css(text),
    edit: css({
      ...text,
      background: 'none',
      border: 0,
      padding: 0,
      color: 'inherit',
      '&:hover': { textDecoration: 'underline' },
    }),
  };
};
