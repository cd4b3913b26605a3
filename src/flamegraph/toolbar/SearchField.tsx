import { css } from '@emotion/css';
import React, { type RefObject } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Icon, IconButton, Input, useStyles2 } from '@grafana/ui';

import { total } from '../../engine/traverse';
import { useFlameGraph } from '../context';
import { shareText } from '../facts/shareText';
import { searchTree } from '../state/useSearch';
import { RAW } from '../raw';

/** Signs on the switches, as editors have them; they need no translation. */
const CASE_SIGN = 'Aa';
const REGEX_SIGN = '.*';

export interface SearchFieldProps {
  readonly input: RefObject<HTMLInputElement>;
  /** Position of the selected match among all, from 0. */
  readonly rank?: number;
  /** Selects the next or previous match. */
  onStep(direction: 1 | -1): void;
}

/** Search text with its switches, what share of the profile matches, and the way from match to match. */
export function SearchField({ input, rank, onStep }: SearchFieldProps) {
  const styles = useStyles2(getStyles);
  const { state, change, search, shape } = useFlameGraph();
  const query = state.search;
  const result = searchTree(shape.tree, search);
  const count = result?.matches.nodes.length ?? 0;
  const share = result ? shareText(result.total / total(shape.tree, 0)) : '';
  const label = t('flamegraph.search.label', 'Search functions');

  return (
    <div className={styles.field} role="search">
      <Input
        ref={input}
        className={styles.input}
        prefix={<Icon name="search" />}
        value={query.text}
        invalid={search.error !== undefined}
        title={search.error}
        placeholder={label}
        aria-label={label}
        aria-invalid={search.error !== undefined}
        onChange={(event) => change({ search: { ...query, text: event.currentTarget.value } })}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault();
            onStep(event.shiftKey ? -1 : 1);
          } else if (event.key === 'Escape' && query.text !== '') {
            event.stopPropagation();
            change({ search: { ...query, text: '' } });
          }
        }}
        suffix={
          <span className={styles.switches}>
            {query.text !== '' && (
              <IconButton
                name="times"
                size="sm"
                tooltip={t('flamegraph.search.clear', 'Clear search')}
                onClick={() => change({ search: { ...query, text: '' } })}
              />
            )}
            <Toggle
              text={CASE_SIGN}
              label={t('flamegraph.search.case', 'Match case')}
              isOn={query.caseSensitive === true}
              onToggle={(caseSensitive) => change({ search: { ...query, caseSensitive } })}
            />
            <Toggle
              text={REGEX_SIGN}
              label={t('flamegraph.search.regex', 'Regular expression')}
              isOn={query.regex === true}
              onToggle={(regex) => change({ search: { ...query, regex } })}
            />
          </span>
        }
      />
      {(result !== undefined || search.error !== undefined) && (
        <span className={styles.result} role="status">
          {search.error ??
            (rank === undefined
              ? t('flamegraph.search.share', '{{share}} in {{count}} frames', { share, count, ...RAW })
              : t('flamegraph.search.rank', '{{rank}} of {{count}} ({{share}})', {
                  rank: rank + 1,
                  count,
                  share,
                  ...RAW,
                }))}
        </span>
      )}
      {count > 0 && (
        <>
          <IconButton
            name="angle-up"
            tooltip={t('flamegraph.search.previous', 'Previous match (Shift+Enter)')}
            onClick={() => onStep(-1)}
          />
          <IconButton
            name="angle-down"
            tooltip={t('flamegraph.search.next', 'Next match (Enter)')}
            onClick={() => onStep(1)}
          />
          <IconButton
            name="filter"
            tooltip={t('flamegraph.search.filter', 'Keep only stacks with a match, as a filter')}
            onClick={() =>
              change({
                filters: [...state.filters, { kind: 'focus', ...query }],
                search: { ...query, text: '' },
                focus: [],
                window: undefined,
              })
            }
          />
        </>
      )}
    </div>
  );
}

interface ToggleProps {
  readonly text: string;
  readonly label: string;
  readonly isOn: boolean;
  onToggle(isOn: boolean): void;
}

function Toggle({ text, label, isOn, onToggle }: ToggleProps) {
  const styles = useStyles2(getStyles);
  return (
    <button
      type="button"
      className={styles.toggle}
      aria-pressed={isOn}
      aria-label={label}
      title={label}
      onClick={() => onToggle(!isOn)}
    >
      {text}
    </button>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  field: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(0.5), flex: '1 1 160px', minWidth: 0 }),
  input: css({ flex: '1 1 120px', maxWidth: 360, minWidth: 90 }),
  switches: css({ display: 'flex', alignItems: 'center', gap: 2 }),
  toggle: css({
    border: 0,
    borderRadius: theme.shape.radius.default,
    background: 'none',
    color: theme.colors.text.secondary,
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
    lineHeight: '18px',
    padding: '0 3px',
    '&:hover': { background: theme.colors.action.hover },
    '&[aria-pressed="true"]': { background: theme.colors.action.selected, color: theme.colors.text.maxContrast },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}` },
  }),
  result: css({
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  }),
});
