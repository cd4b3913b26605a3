import { css } from '@emotion/css';
import React, { useId } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import { ConfigSection } from '@grafana/plugin-ui';
import { DataSourcePicker } from '@grafana/runtime';
import { ClipboardButton, Field, useStyles2 } from '@grafana/ui';

import { DEFAULT_TAG_RULES } from '../../links/spanProfile';
import { tracesToProfiles } from '../../links/tempoYaml';

import type { ConfigProps } from './ConfigEditor';
import { withSetting } from './settingFields';

const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';

/** Tempo's own page offers only core's profile data source; provisioned, it takes any. The way back is a setting of ours. */
export function TraceLinkExample(props: ConfigProps) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const { options, onOptionsChange } = props;
  const yaml = ['jsonData:', ...tracesToProfiles(options.uid, CPU, DEFAULT_TAG_RULES).map((line) => `  ${line}`)].join(
    '\n'
  );
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
      <Field
        noMargin
        htmlFor={id}
        label={t('datasource.config.traces-uid.label', 'Data source of traces')}
        description={t('datasource.config.traces-uid.description', 'Where the spans of exemplars open: a Tempo.')}
      >
        <DataSourcePicker
          inputId={id}
          pluginId="tempo"
          noDefault
          onClear={() => onOptionsChange(withSetting(options, 'tracesDatasourceUid', undefined))}
          placeholder={t('datasource.config.traces-uid.placeholder', 'None')}
          disabled={options.readOnly}
          current={options.jsonData.tracesDatasourceUid ?? null}
          onChange={({ uid }) => onOptionsChange(withSetting(options, 'tracesDatasourceUid', uid))}
        />
      </Field>
      <pre className={styles.yaml}>{yaml}</pre>
      <ClipboardButton icon="copy" variant="secondary" size="sm" getText={() => yaml}>
        <Trans i18nKey="datasource.config.traces.copy">Copy</Trans>
      </ClipboardButton>
    </ConfigSection>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  yaml: css({ margin: theme.spacing(1, 0), maxWidth: 578 }),
});
