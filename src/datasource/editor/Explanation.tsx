import { css } from '@emotion/css';
import React, { useId, useState } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { InlineSwitch, useStyles2 } from '@grafana/ui';

import { describe, type DescriptionLanguage } from '../../flameql/describe/describe';
import type { Draft } from '../../flameql/draft';
import { describeWrittenType } from '../profileTypes/writtenType';

export interface Explain {
  shown: boolean;
  show: (shown: boolean) => void;
}

const KEY = 'flamewatch.flameql.explain';

/** Whether queries are explained: a habit of the user, so it is kept in the browser. */
export function useExplain(): Explain {
  const [shown, setShown] = useState(() => read() === 'true');
  const show = (next: boolean) => {
    setShown(next);
    try {
      localStorage.setItem(KEY, String(next));
    } catch {
      // Then it holds for this page.
    }
  };
  return { shown, show };
}

function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function ExplainSwitch({ shown, show }: Explain) {
  const id = useId();
  return (
    <InlineSwitch
      id={id}
      transparent
      showLabel
      label={t('datasource.editor.explain', 'Explain')}
      value={shown}
      onChange={({ currentTarget }) => show(currentTarget.checked)}
    />
  );
}

/** The query in one sentence. */
export function Explanation({ draft }: { draft: Draft }) {
  const styles = useStyles2(getStyles);
  // Sentences of FlameQL exist in the languages of this plugin's texts; which one is loaded, they say themselves.
  const language = t('datasource.editor.explain-language', 'en') as DescriptionLanguage;
  return (
    <p className={styles.sentence} data-testid="query-explanation">
      {describe(draft, { language, typeName: describeWrittenType })}
    </p>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  sentence: css({
    margin: 0,
    padding: theme.spacing(1),
    color: theme.colors.text.secondary,
    borderLeft: `3px solid ${theme.colors.info.border}`,
    overflowWrap: 'anywhere',
  }),
});
