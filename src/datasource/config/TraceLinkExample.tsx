import { css } from '@emotion/css';
import React from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import { ConfigSection } from '@grafana/plugin-ui';
import { ClipboardButton, useStyles2 } from '@grafana/ui';

/** Tempo's own page offers only core's profile data source; provisioned, it takes any. */
export function TraceLinkExample({ uid }: { uid: string }) {
  const styles = useStyles2(getStyles);
  const yaml = tracesToProfiles(uid);
  return (
    <ConfigSection
      title={t('datasource.config.traces.title', 'From traces to profiles')}
      description={t(
        'datasource.config.traces.description',
        "Tempo's configuration page does not list this data source. Add these lines to Tempo's provisioning file instead."
      )}
      isCollapsible
      isInitiallyOpen={false}
    >
      <pre className={styles.yaml}>{yaml}</pre>
      <ClipboardButton icon="copy" variant="secondary" size="sm" getText={() => yaml}>
        <Trans i18nKey="datasource.config.traces.copy">Copy</Trans>
      </ClipboardButton>
    </ConfigSection>
  );
}

function tracesToProfiles(uid: string): string {
  return [
    'jsonData:',
    '  tracesToProfiles:',
    `    datasourceUid: ${uid}`,
    '    profileTypeId: process_cpu:cpu:nanoseconds:cpu:nanoseconds',
    '    tags:',
    '      - key: service.name',
    '        value: service_name',
  ].join('\n');
}

const getStyles = (theme: GrafanaTheme2) => ({
  yaml: css({ marginBottom: theme.spacing(1), maxWidth: 578 }),
});
