import { css, cx } from '@emotion/css';
import React from 'react';

import { t } from '@grafana/i18n';
import { Alert, Button, Field } from '@grafana/ui';

import type { LabelQuestions } from '../../datasource/editor/labelQuestions';
import { LabelFilters } from '../../datasource/editor/LabelFilters';

import { filtersOf, matchersOf } from './profileSelection';

interface Props {
  /** Selector with braces of what is kept besides the service. */
  filters: string;
  questions: LabelQuestions;
  onChange: (filters: string) => void;
}

/** The filters of a selection as rows, or, where they come from a link and cannot be read, why. */
export function SelectionFilters({ filters, questions, onChange }: Props) {
  const { matchers, fault } = matchersOf({ filters });
  return (
    <Field
      label={t('app.explore.filters', 'Filters')}
      className={cx((matchers.length > 0 || fault !== undefined) && wide)}
      noMargin
    >
      {fault === undefined ? (
        <LabelFilters matchers={matchers} questions={questions} onChange={(changed) => onChange(filtersOf(changed))} />
      ) : (
        <Alert severity="error" title={t('app.explore.filters-fault', 'The filters cannot be read and are left out')}>
          <p>
            <code>{filters}</code> {fault}
          </p>
          <Button size="sm" variant="secondary" onClick={() => onChange('')}>
            {t('app.explore.clear-filters', 'Remove the filters')}
          </Button>
        </Alert>
      )}
    </Field>
  );
}

// Filters that are there get a line of their own.
const wide = css({ flex: '1 1 100%', minWidth: 0 });
