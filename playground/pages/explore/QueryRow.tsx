import React from 'react';

import {
  type CoreApp,
  type DataQuery,
  type DataSourceApi,
  DataSourcePluginContextProvider,
  type PanelData,
  type TimeRange,
} from '@grafana/data';
import { getDataSourceSrv } from '@grafana/runtime';
import { Alert, ErrorBoundaryAlert, IconButton, Stack, Text } from '@grafana/ui';

interface Props {
  app: CoreApp;
  datasource: DataSourceApi;
  query: DataQuery;
  queries: DataQuery[];
  data: PanelData;
  range: TimeRange;
  onChange: (query: DataQuery) => void;
  onRunQuery: () => void;
  onRemove?: () => void;
}

/** One query: its letter and the datasource's own editor. */
export function QueryRow({ datasource, query, data, onRemove, ...props }: Props) {
  const Editor = datasource.components?.ExploreQueryField ?? datasource.components?.QueryEditor;
  const settings = getDataSourceSrv().getInstanceSettings(datasource.uid);
  const answer = { ...data, series: data.series.filter(({ refId }) => refId === undefined || refId === query.refId) };
  return (
    <Stack direction="column" gap={1}>
      <Stack justifyContent="space-between">
        <Text element="h2" variant="h5">{`Query ${query.refId}`}</Text>
        {onRemove && <IconButton name="trash-alt" tooltip={`Remove query ${query.refId}`} onClick={onRemove} />}
      </Stack>
      {Editor && settings ? (
        <ErrorBoundaryAlert dependencies={[datasource]}>
          <DataSourcePluginContextProvider instanceSettings={settings}>
            <Editor datasource={datasource} query={query} data={answer} {...props} />
          </DataSourcePluginContextProvider>
        </ErrorBoundaryAlert>
      ) : (
        <Alert severity="info" title="This datasource has no query editor" />
      )}
    </Stack>
  );
}
