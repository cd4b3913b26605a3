import { css } from '@emotion/css';
import React from 'react';

import type { GrafanaTheme2, QueryEditorHelpProps } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';

import { EVERYTHING, readSavedQuery } from '../migrate';
import type { ProfilesQuery } from '../query';

interface Example {
  title: string;
  explanation: string;
  change: Partial<ProfilesQuery>;
  /** How the change reads in the query editor. */
  shown: string;
}

/** Examples to start from; a click fills the query editor and keeps what the example does not speak of. */
export function CheatSheet({ query, onClickExample }: QueryEditorHelpProps<ProfilesQuery>) {
  const styles = useStyles2(getStyles);
  return (
    <div>
      <h2>
        <Trans i18nKey="datasource.cheat-sheet.title">Profiles cheat sheet</Trans>
      </h2>
      {examples().map(({ title, explanation, change, shown }) => (
        <div key={title} className={styles.example}>
          <h3 className={styles.title}>{title}</h3>
          <button
            type="button"
            className={styles.shown}
            onClick={() => onClickExample({ ...readSavedQuery(query), ...change })}
          >
            {shown}
          </button>
          <p className={styles.explanation}>{explanation}</p>
        </div>
      ))}
    </div>
  );
}

function examples(): Example[] {
  const selectors = [
    {
      title: t('datasource.cheat-sheet.service.title', 'One service'),
      explanation: t('datasource.cheat-sheet.service.explanation', 'Profiles of the service named checkout.'),
      labelSelector: '{service_name="checkout"}',
    },
    {
      title: t('datasource.cheat-sheet.pods.title', 'Some of its pods'),
      explanation: t(
        'datasource.cheat-sheet.pods.explanation',
        'A regular expression matches the whole value; != and !~ leave profiles out.'
      ),
      labelSelector: '{service_name="checkout", pod=~"checkout-7f.*", version!="v1.4.2"}',
    },
    {
      title: t('datasource.cheat-sheet.variable.title', 'A dashboard variable'),
      explanation: t(
        'datasource.cheat-sheet.variable.explanation',
        'Several values become a regular expression of them, and "All" drops the condition.'
      ),
      labelSelector: '{service_name="$service", namespace="$namespace"}',
    },
  ];
  return [
    ...selectors.map(({ title, explanation, labelSelector }) => ({
      title,
      explanation,
      shown: labelSelector,
      change: { labelSelector, flameql: undefined, editorMode: 'builder' as const },
    })),
    {
      title: t('datasource.cheat-sheet.series.title', 'Cost over time, pod by pod'),
      explanation: t('datasource.cheat-sheet.series.explanation', 'One series for each value of the label.'),
      shown: t('datasource.cheat-sheet.series.shown', 'Show: Series, group by: pod'),
      change: { queryType: 'metrics' as const, groupBy: ['pod'] },
    },
    ...texts().map(({ title, explanation, flameql, queryType }) => ({
      title,
      explanation,
      shown: flameql,
      change: { ...WITHOUT_FIELDS, flameql, editorMode: 'code' as const, queryType },
    })),
  ];
}

/** A text says all of these itself. */
const WITHOUT_FIELDS = {
  labelSelector: EVERYTHING,
  groupBy: [],
  baseline: undefined,
  function: undefined,
  focus: undefined,
  hideFrames: undefined,
  limit: undefined,
  normalise: undefined,
} satisfies Partial<ProfilesQuery>;

function texts() {
  return [
    {
      title: t('datasource.cheat-sheet.versions.title', 'Two versions compared'),
      explanation: t(
        'datasource.cheat-sheet.versions.explanation',
        'Behind vs stands the baseline. It takes over what it does not say itself.'
      ),
      flameql: 'cpu{service_name="checkout", version="v1.4.3"} vs {version="v1.4.2"}',
      queryType: 'diff' as const,
    },
    {
      title: t('datasource.cheat-sheet.earlier.title', 'Now and an hour ago'),
      explanation: t('datasource.cheat-sheet.earlier.explanation', 'The same query, moved back in time.'),
      flameql: 'cpu{service_name="checkout"} vs offset 1h',
      queryType: 'diff' as const,
    },
    {
      title: t('datasource.cheat-sheet.function.title', 'The cost of functions over time'),
      explanation: t(
        'datasource.cheat-sheet.function.explanation',
        'One series for each function that the expression matches, the costliest ones first.'
      ),
      flameql: 'cpu{service_name="checkout"} function "json" limit 5',
      queryType: 'metrics' as const,
    },
  ];
}

const getStyles = (theme: GrafanaTheme2) => ({
  example: css({ margin: theme.spacing(2, 0) }),
  title: css({ ...theme.typography.h5, marginBottom: theme.spacing(0.5) }),
  shown: css({
    display: 'block',
    width: '100%',
    padding: theme.spacing(1),
    textAlign: 'left',
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
    color: theme.colors.text.primary,
    background: theme.colors.background.secondary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    '&:hover': { background: theme.colors.emphasize(theme.colors.background.secondary, 0.03) },
  }),
  explanation: css({ margin: theme.spacing(0.5, 0, 0), color: theme.colors.text.secondary }),
});
