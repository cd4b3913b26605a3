import { css } from '@emotion/css';
import React from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Icon, Input, useStyles2 } from '@grafana/ui';

import type { CallTree } from '../../engine/callTree';
import type { SearchQuery } from '../../engine/search';
import { total } from '../../engine/traverse';
import type { FormatValue } from '../FlameGraph';
import { shareText } from '../shareText';
import type { useSearch } from '../state/useSearch';

export interface SearchFieldProps {
  readonly tree: CallTree;
  readonly query: SearchQuery;
  onChange(query: SearchQuery): void;
  readonly search: ReturnType<typeof useSearch>;
  readonly formatValue: FormatValue;
}

/** The search text, and what share of the profile matches it. */
export function SearchField({ tree, query, onChange, search, formatValue }: SearchFieldProps) {
  const styles = useStyles2(getStyles);
  const { result, error } = search;
  return (
    <Input
      className={styles.input}
      prefix={<Icon name="search" />}
      value={query.text}
      invalid={error !== undefined}
      placeholder={t('flamegraph.search.placeholder', 'Search functions')}
      aria-label={t('flamegraph.search.placeholder', 'Search functions')}
      onChange={(event) => onChange({ ...query, text: event.currentTarget.value })}
      suffix={
        result && (
          <span className={styles.share} role="status" title={formatValue(result.total)}>
            {t('flamegraph.search.share', '{{share}} matched', { share: shareText(result.total / total(tree, 0)) })}
          </span>
        )
      }
    />
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  input: css({ flex: '1 1 180px', maxWidth: 420 }),
  share: css({ fontSize: theme.typography.bodySmall.fontSize, whiteSpace: 'nowrap' }),
});
