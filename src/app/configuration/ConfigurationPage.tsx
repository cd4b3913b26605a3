import { css } from '@emotion/css';
import React, { type FormEvent, useId, useState } from 'react';

import type { DataSourceInstanceSettings, GrafanaTheme2, PluginConfigPageProps, AppPluginMeta } from '@grafana/data';
import { t } from '@grafana/i18n';
import { DataSourcePicker } from '@grafana/runtime';
import { Alert, Button, Field, Stack, useStyles2 } from '@grafana/ui';

import { describeFailure } from '../../datasource/resources/failure';
import { DATASOURCE_TYPE } from '../../links/linked';
import { OwnRunbooks } from '../runbooks/own/OwnRunbooks';
import type { AppSettings } from '../settings';

import { isAdministrator } from './isAdministrator';
import { saveSettings } from './saveSettings';

type Outcome = 'saving' | 'saved' | { failure: string };

/** The app's configuration: which data source its screens start with. */
export function ConfigurationPage({ plugin: { meta } }: PluginConfigPageProps<AppPluginMeta<AppSettings>>) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const [settings, setSettings] = useState<AppSettings>(meta.jsonData ?? {});
  const [outcome, setOutcome] = useState<Outcome>();
  const isAdmin = isAdministrator();

  const choose = (defaultDatasource: string | undefined) => {
    setSettings({ ...settings, defaultDatasource });
    setOutcome(undefined);
  };
  const save = async (submitted: FormEvent) => {
    submitted.preventDefault();
    setOutcome('saving');
    try {
      await saveSettings(meta, { ...meta.jsonData, defaultDatasource: settings.defaultDatasource });
      setOutcome('saved');
    } catch (error) {
      setOutcome({ failure: describeFailure(error) });
    }
  };

  return (
    <>
      <form onSubmit={save} className={styles.form}>
        <Field
          label={t('app.configuration.datasource', 'Default data source')}
          description={t(
            'app.configuration.datasource-description',
            'The screens start with it unless a link names another. Without one they take Grafana’s default, or the first by name.'
          )}
          htmlFor={id}
        >
          <DataSourcePicker
            inputId={id}
            pluginId={DATASOURCE_TYPE}
            current={settings.defaultDatasource ?? null}
            onChange={({ uid }: DataSourceInstanceSettings) => choose(uid)}
            onClear={() => choose(undefined)}
            placeholder={t('app.configuration.no-datasource', 'None chosen')}
            noDefault
            disabled={!isAdmin}
          />
        </Field>
        <Stack alignItems="center">
          <Button
            type="submit"
            disabled={!isAdmin || outcome === 'saving'}
            icon={outcome === 'saving' ? 'spinner' : undefined}
          >
            {t('app.configuration.save', 'Save')}
          </Button>
          <span role="status">{outcome === 'saved' && t('app.configuration.saved', 'Saved')}</span>
        </Stack>
        {!isAdmin && (
          <Alert severity="info" title={t('app.configuration.admin-only', 'Only an administrator can change this')} />
        )}
        {typeof outcome === 'object' && (
          <Alert severity="error" title={t('app.configuration.failed', 'The settings were not saved')}>
            {outcome.failure}
          </Alert>
        )}
      </form>
      <OwnRunbooks meta={meta} />
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  form: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2), maxWidth: 600 }),
});
