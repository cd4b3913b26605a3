import { css } from '@emotion/css';
import React, { useId } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { EditorField } from '@grafana/plugin-ui';
import { Button, Combobox, type ComboboxOption, useStyles2 } from '@grafana/ui';

import type { Draft, DraftOperand } from '../../flameql/draft';
import { inherit } from '../../flameql/inheritance';
import { writeSelector } from '../selector/selector';
import { withoutNothing } from './BuilderForm';
import { FullRow } from './FullRow';
import { LabelFilters } from './LabelFilters';
import type { LabelQuestions } from './labelQuestions';
import { TimeField } from './TimeField';

interface Props {
  draft: Draft;
  right: DraftOperand;
  questions: LabelQuestions;
  onDraft: (draft: Draft) => void;
}

/** What the query is held against: what differs from it, and how the sides are made comparable. */
export function BaselineRow({ draft, right, questions, onDraft }: Props) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const change = (part: DraftOperand) => onDraft({ ...draft, right: withoutNothing(right, part) });
  // The baseline's own conditions are chosen among what it inherits.
  const inherited = writeSelector(inherit(draft.left, right).matchers ?? []);
  const own: LabelQuestions = {
    names: () => questions.names(inherited),
    values: (label) => questions.values(label, inherited),
  };
  return (
    <FullRow>
      <div className={styles.fields} role="group" aria-label={t('datasource.baseline.label', 'Compared with')}>
        <div className={styles.filters}>
          <EditorField
            label={t('datasource.baseline.filters', 'Compared with the same, but where')}
            tooltip={t(
              'datasource.baseline.filters-tooltip',
              'The baseline takes over the conditions of the query. A condition on the same label replaces them; =~ ".*" drops them.'
            )}
          >
            <LabelFilters
              matchers={right.matchers ?? []}
              questions={own}
              onChange={(matchers) => change({ matchers })}
            />
          </EditorField>
        </div>
        {right.time ? (
          <TimeField ofBaseline time={right.time} onChange={(time) => change({ time })} />
        ) : (
          <EditorField label={t('datasource.time.label', 'Time')}>
            <Button
              variant="secondary"
              icon="clock-nine"
              type="button"
              onClick={() => change({ time: { offset: '1h' } })}
            >
              {t('datasource.baseline.other-time', 'Another time')}
            </Button>
          </EditorField>
        )}
        <EditorField
          label={t('datasource.baseline.normalise', 'By')}
          htmlFor={`${id}-normalise`}
          tooltip={t(
            'datasource.baseline.normalise-tooltip',
            'How the sides are made comparable. A version that ran five minutes is no baseline for totals.'
          )}
        >
          <Combobox
            id={`${id}-normalise`}
            width={24}
            options={normalisations()}
            value={draft.normalise ?? 'share'}
            onChange={({ value }) => onDraft(withNormalise(draft, value))}
          />
        </EditorField>
      </div>
    </FullRow>
  );
}

/** Share is what holds when nothing is said. */
function withNormalise({ normalise: _before, ...draft }: Draft, normalise: string): Draft {
  return normalise === 'share' ? draft : { ...draft, normalise };
}

function normalisations(): Array<ComboboxOption<string>> {
  return [
    { value: 'share', label: t('datasource.normalise.share', 'Share of each side') },
    { value: 'instance', label: t('datasource.normalise.instance', 'Cost per instance') },
    { value: 'rate', label: t('datasource.normalise.rate', 'Cost per unit of time') },
    { value: 'none', label: t('datasource.normalise.none', 'Totals as they are') },
  ];
}

const getStyles = (theme: GrafanaTheme2) => ({
  fields: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(2), width: '100%' }),
  filters: css({ flex: '3 1 320px', minWidth: 0 }),
});
