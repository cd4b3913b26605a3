import { css } from '@emotion/css';
import React from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import { ClipboardButton, Text, useStyles2 } from '@grafana/ui';

import { type TempoLinks, tempoYaml } from '../../links/tempoYaml';

/** The file by which Tempo leads to profiles, as it should be for the chosen data sources. */
export function TempoYaml({ traces, ...links }: TempoLinks) {
  const styles = useStyles2(getStyles);
  const yaml = tempoYaml({ ...links, traces: traces && { name: traces.name, uid: traces.uid } });
  return (
    <section>
      <Text element="h2" variant="h4">
        {t('app.traces.yaml', 'provisioning/datasources/tempo.yaml')}
      </Text>
      <Text element="p" color="secondary">
        {t(
          'app.traces.yaml-for',
          'Tempo’s own page of settings does not list this kind of data source; a file does. Put in the address of your Tempo.'
        )}
      </Text>
      <pre className={styles.yaml}>{yaml}</pre>
      <ClipboardButton icon="copy" variant="secondary" size="sm" getText={() => yaml}>
        <Trans i18nKey="app.traces.copy">Copy</Trans>
      </ClipboardButton>
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({ yaml: css({ margin: theme.spacing(1, 0) }) });
