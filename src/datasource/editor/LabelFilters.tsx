import { css } from '@emotion/css';
import React, { useState } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import { Button, IconButton, useStyles2 } from '@grafana/ui';

import { RAW } from '../../flamegraph/raw';
import type { DraftMatcher } from '../../flameql/draft';
import { writeSelector } from '../selector/selector';
import type { LabelQuestions } from './labelQuestions';
import { MatcherRow, type PartialMatcher } from './MatcherRow';

interface Props {
  matchers: readonly DraftMatcher[];
  questions: LabelQuestions;
  onChange: (matchers: DraftMatcher[]) => void;
  disabled?: boolean;
}

/** The selector as rows of label, operator and value. A new row counts once it has a label and a value. */
export function LabelFilters({ matchers, questions, onChange, disabled }: Props) {
  const styles = useStyles2(getStyles);
  const [unfinished, setUnfinished] = useState<PartialMatcher>();
  const selector = writeSelector(matchers);

  const replace = (position: number, ...by: DraftMatcher[]) =>
    onChange([...matchers.slice(0, position), ...by, ...matchers.slice(position + 1)]);

  const finish = (matcher: PartialMatcher) => {
    if (matcher.label === '' || matcher.value === '') {
      setUnfinished(matcher);
    } else {
      setUnfinished(undefined);
      onChange([...matchers, matcher]);
    }
  };

  return (
    <div className={styles.filters} role="group" aria-label={t('datasource.filters.label', 'Label filters')}>
      {matchers.map((matcher, position) =>
        'op' in matcher ? (
          <MatcherRow
            // Rows have no identity but their place; each draws only what it is given.
            key={position}
            matcher={matcher}
            selector={selector}
            questions={questions}
            disabled={disabled}
            onChange={(changed) => replace(position, changed)}
            onRemove={() => replace(position)}
          />
        ) : (
          <span key={position} className={styles.variable}>
            {matcher.variable}
            <IconButton
              name="times"
              size="sm"
              disabled={disabled}
              tooltip={t('datasource.filters.remove-variable', 'Remove {{variable}}', {
                variable: matcher.variable,
                ...RAW,
              })}
              onClick={() => replace(position)}
            />
          </span>
        )
      )}
      {unfinished ? (
        <MatcherRow
          matcher={unfinished}
          selector={selector}
          questions={questions}
          autoFocus
          onChange={finish}
          onRemove={() => setUnfinished(undefined)}
        />
      ) : (
        <Button
          variant="secondary"
          icon="plus"
          type="button"
          disabled={disabled}
          onClick={() => setUnfinished({ label: '', op: '=', value: '' })}
        >
          <Trans i18nKey="datasource.filters.add">Add filter</Trans>
        </Button>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  filters: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
  variable: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    height: theme.spacing(theme.components.height.md),
    padding: theme.spacing(0, 1),
    border: `1px solid ${theme.components.input.borderColor}`,
    borderRadius: theme.shape.radius.default,
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
});
