import { css } from '@emotion/css';
import React from 'react';

import type { DataSourcePluginOptionsEditorProps, GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import {
  AdvancedHttpSettings,
  Auth,
  ConfigSection,
  ConnectionSettings,
  convertLegacyAuthProps,
  DataSourceDescription,
} from '@grafana/plugin-ui';
import { config } from '@grafana/runtime';
import { Divider, SecureSocksProxySettings, Stack, useStyles2 } from '@grafana/ui';

import type { ProfilesOptions } from '../settings';
import { CaptureTargets } from './captures/CaptureTargets';
import { LimitSettings } from './LimitSettings';
import { MeaningSettings } from './MeaningSettings';
import { TenantSetting } from './TenantSetting';
import { TraceLinkExample } from './TraceLinkExample';

export type ConfigProps = DataSourcePluginOptionsEditorProps<ProfilesOptions>;

const DOCUMENTATION = 'https://github.com/flamewatch/profiles#readme';

/** The page on which a data source is set up; Grafana adds the name above it and 'Save & test' below. */
export function ConfigEditor(props: ConfigProps) {
  const { options, onOptionsChange } = props;
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.page}>
      <DataSourceDescription
        dataSourceName={t('datasource.config.name', 'Flamewatch profiles')}
        docsLink={DOCUMENTATION}
        hasRequiredFields
      />
      <Divider spacing={4} />
      <ConnectionSettings
        config={options}
        onChange={onOptionsChange}
        description={t('datasource.config.connection', 'The Pyroscope server, or one that answers the same API.')}
        // The example of a URL is the same in every language.
        urlPlaceholder="http://localhost:4040"
      />
      <Divider spacing={4} />
      <Auth {...convertLegacyAuthProps({ config: options, onChange: onOptionsChange })} />
      <div className={styles.tenant}>
        <TenantSetting {...props} />
      </div>
      <Divider spacing={4} />
      <MeaningSettings {...props} />
      <Divider spacing={4} />
      <ConfigSection
        title={t('datasource.config.additional.title', 'Additional settings')}
        description={t('datasource.config.additional.description', 'Limits and the connection in detail.')}
        isCollapsible
        isInitiallyOpen={false}
      >
        <Stack direction="column" gap={5}>
          <LimitSettings {...props} />
          <AdvancedHttpSettings config={options} onChange={onOptionsChange} />
          {config.secureSocksDSProxyEnabled && (
            <SecureSocksProxySettings options={options} onOptionsChange={onOptionsChange} />
          )}
        </Stack>
      </ConfigSection>
      <Divider spacing={4} />
      <CaptureTargets {...props} />
      <Divider spacing={4} />
      <TraceLinkExample {...props} />
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ maxWidth: 900, marginBottom: theme.spacing(2) }),
  tenant: css({ maxWidth: 578, marginTop: theme.spacing(3) }),
});
