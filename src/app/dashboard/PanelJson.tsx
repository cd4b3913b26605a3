import { css } from '@emotion/css';
import React from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { ClipboardButton, Modal, useStyles2 } from '@grafana/ui';

import type { DashboardPanel } from '../../links/dashboardPanel';

/** A panel as the text that a dashboard's JSON holds, to copy. */
export function PanelJson({ panel }: { panel: DashboardPanel }) {
  const styles = useStyles2(getStyles);
  const text = JSON.stringify(panel, null, 2);
  return (
    <>
      {/* Long: it scrolls, so the keyboard must reach it. */}
      <pre className={styles.text} tabIndex={0} aria-label={t('app.dashboard.json', 'Panel JSON')}>
        {text}
      </pre>
      <Modal.ButtonRow>
        <ClipboardButton icon="copy" getText={() => text}>
          {t('app.dashboard.copy', 'Copy panel JSON')}
        </ClipboardButton>
      </Modal.ButtonRow>
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  text: css({ maxHeight: '40vh', overflow: 'auto', fontSize: theme.typography.bodySmall.fontSize }),
});
