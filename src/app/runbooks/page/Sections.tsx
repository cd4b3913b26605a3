import { css } from '@emotion/css';
import React from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';

import type { Heading } from '../text/headings';

/** The runbook's sections, beside the text where there is room. */
export function Sections({ sections }: { sections: Heading[] }) {
  const styles = useStyles2(getStyles);
  return sections.length < 2 ? null : (
    <nav className={styles.sections} aria-label={t('app.runbooks.sections', 'Sections')}>
      <ol>
        {sections.map(({ id, text }) => (
          <li key={id}>
            <a
              href={`#${id}`}
              onClick={(event) => {
                // The address keeps the incident; Grafana's router would take the mark for another page.
                event.preventDefault();
                document.getElementById(id)?.scrollIntoView();
              }}
            >
              {text}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  sections: css({
    position: 'sticky',
    top: theme.spacing(10),
    [theme.breakpoints.down('lg')]: { display: 'none' },
    '& ol': { listStyle: 'none', padding: 0, margin: 0, borderLeft: `1px solid ${theme.colors.border.weak}` },
    '& li': { padding: theme.spacing(0.5, 0, 0.5, 1.5) },
    '& a': { color: theme.colors.text.secondary, '&:hover': { color: theme.colors.text.link } },
  }),
});
