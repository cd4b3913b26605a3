import React, { useState } from 'react';
import { useParams } from 'react-router-dom';
import { useAsync } from 'react-use';

import { type DataSourceSettings, DataSourcePluginContextProvider } from '@grafana/data';
import { config, getBackendSrv, getDataSourceSrv, toDataQueryError } from '@grafana/runtime';
import { Alert, type AlertVariant, Button, ErrorBoundaryAlert, LoadingPlaceholder, Stack, Text } from '@grafana/ui';

import { importDataSourcePlugin } from '../plugins/pluginLoader';
import { forgetDataSource } from '../runtime/dataSources';

interface Outcome {
  severity: AlertVariant;
  message: string;
}

async function saveAndTest(uid: string, settings: DataSourceSettings): Promise<Outcome> {
  try {
    await getBackendSrv().put(`/api/datasources/uid/${uid}`, settings);
    Object.assign(config.datasources[settings.name] ?? {}, { jsonData: settings.jsonData });
    forgetDataSource(uid);
    const datasource = await getDataSourceSrv().get(uid);
    const { status = 'success', message = 'The datasource answers.' } = await datasource.testDatasource();
    return { severity: status.toLowerCase() === 'error' ? 'error' : 'success', message };
  } catch (error) {
    return { severity: 'error', message: toDataQueryError(error).message ?? 'The settings could not be saved.' };
  }
}

function SettingsForm({ uid, saved }: { uid: string; saved: DataSourceSettings }) {
  const [settings, setSettings] = useState(saved);
  const [outcome, setOutcome] = useState<Outcome>();
  const instance = getDataSourceSrv().getInstanceSettings(uid);
  const { value: plugin, error } = useAsync(async () => instance && importDataSourcePlugin(instance.meta), [uid]);
  if (error || !instance) {
    return (
      <Alert severity="error" title="The plugin did not load">
        {error?.message ?? `There is no datasource ${uid}.`}
      </Alert>
    );
  }
  const ConfigEditor = plugin?.components.ConfigEditor;
  return (
    <Stack direction="column" gap={2}>
      <Text element="h1">{settings.name}</Text>
      {plugin && !ConfigEditor && <Alert severity="info" title="This datasource has no configuration page" />}
      {ConfigEditor && (
        <ErrorBoundaryAlert dependencies={[plugin]}>
          <DataSourcePluginContextProvider instanceSettings={instance}>
            <ConfigEditor options={settings} onOptionsChange={setSettings} />
          </DataSourcePluginContextProvider>
        </ErrorBoundaryAlert>
      )}
      {outcome && <Alert severity={outcome.severity} title={outcome.message} />}
      <div>
        <Button onClick={async () => setOutcome(await saveAndTest(uid, settings))}>Save &amp; test</Button>
      </div>
      <Text color="secondary">What is saved here lasts until the playground stops.</Text>
    </Stack>
  );
}

/** The configuration page of a datasource, with its own editor and “Save & test”. */
export function DataSourcePage() {
  const { uid = '' } = useParams();
  const { value, error } = useAsync(
    (): Promise<DataSourceSettings> => getBackendSrv().get(`/api/datasources/uid/${uid}`),
    [uid]
  );
  if (error) {
    return <Alert severity="error" title={`There is no datasource ${uid}`} />;
  }
  return value ? <SettingsForm key={uid} uid={uid} saved={value} /> : <LoadingPlaceholder text="Loading…" />;
}
