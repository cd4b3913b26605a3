import { css } from '@emotion/css';
import React from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { ClipboardButton, useStyles2 } from '@grafana/ui';

import { fillCommand } from '../model/placeholders';
import { useRunbookContext } from '../page/RunbookContext';

/** A command or other code, filled in for the incident, to be copied. */
export function CodeBlock({ text }: { text: string }) {
  const styles = useStyles2(getStyles);
  const { values } = useRunbookContext();
  const filled = fillCommand(text, values).replace(/\n$/, '');
  return (
    <div className={styles.frame}>
      {/* Long commands are scrolled, with the keyboard too. */}
      <pre className={styles.code} tabIndex={0}>
        <code>{filled}</code>
      </pre>
      <ClipboardButton
        className={styles.copy}
        size="sm"
        fill="text"
        variant="secondary"
        icon="copy"
        aria-label={t('app.runbooks.copy-code', 'Copy')}
        getText={() => filled}
      />
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({ position: 'relative', margin: theme.spacing(1, 0, 2) }),
  code: css({
    margin: 0,
    padding: theme.spacing(1, 6, 1, 1.5),
    whiteSpace: 'pre',
    overflowX: 'auto',
    background: theme.colors.background.canvas,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    fontSize: theme.typography.bodySmall.fontSize,
    '& code': { background: 'none', border: 'none', padding: 0, margin: 0, whiteSpace: 'pre', fontSize: 'inherit' },
  }),
  copy: css({ position: 'absolute', top: theme.spacing(0.5), right: theme.spacing(0.5) }),
});
