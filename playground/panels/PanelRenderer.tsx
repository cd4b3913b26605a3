import React, { useMemo, useState } from 'react';
import { useAsync } from 'react-use';

import {
  applyFieldOverrides,
  EventBusSrv,
  type FieldConfigSource,
  getDefaultTimeRange,
  getPanelOptionsWithDefaults,
  LoadingState,
  type PanelData,
  type PanelPlugin,
} from '@grafana/data';
import { type PanelRendererProps, getTemplateSrv } from '@grafana/runtime';
import { ErrorBoundaryAlert, useTheme2 } from '@grafana/ui';

import { importPanelPlugin } from '../plugins/pluginLoader';

const NO_CONFIG: FieldConfigSource = { defaults: {}, overrides: [] };
const NO_DATA: PanelData = { state: LoadingState.Done, series: [], timeRange: getDefaultTimeRange() };

function useOverrides(data: PanelData, plugin: PanelPlugin | undefined, fieldConfig: FieldConfigSource): PanelData {
  const theme = useTheme2();
  return useMemo(() => {
    if (!plugin) {
      return data;
    }
    const series = applyFieldOverrides({
      data: data.series,
      fieldConfig,
      fieldConfigRegistry: plugin.fieldConfigRegistry,
      replaceVariables: getTemplateSrv().replace,
      theme,
      timeZone: data.request?.timezone,
    });
    return { ...data, series };
  }, [data, plugin, fieldConfig, theme]);
}

/** Draws a panel plugin outside a dashboard, as Grafana's Explore does. */
export function PanelRenderer(props: PanelRendererProps<any, any>) {
  // Options and field config belong to the plugin, which is not known here.
  const { pluginId, title, width, height, options, onOptionsChange, onChangeTimeRange, timeZone = 'browser' } = props;
  const { value: plugin, error } = useAsync(() => importPanelPlugin(pluginId), [pluginId]);
  const [eventBus] = useState(() => new EventBusSrv());
  const withDefaults = useMemo(
    () =>
      plugin &&
      getPanelOptionsWithDefaults({
        plugin,
        currentOptions: options ?? {},
        currentFieldConfig: props.fieldConfig ?? NO_CONFIG,
        isAfterPluginChange: false,
      }),
    [plugin, options, props.fieldConfig]
  );
  const fieldConfig = withDefaults?.fieldConfig ?? NO_CONFIG;
  const data = useOverrides(props.data ?? NO_DATA, plugin, fieldConfig);
  if (error) {
    return (
      <div role="alert">
        The panel {pluginId} did not load: {error.message}
      </div>
    );
  }
  if (!plugin?.panel) {
    return <div>Loading {pluginId}…</div>;
  }
  const Panel = plugin.panel;
  return (
    <ErrorBoundaryAlert dependencies={[plugin, data]}>
      <Panel
        id={1}
        title={title}
        transparent={false}
        data={data}
        timeRange={data.timeRange}
        timeZone={timeZone}
        options={withDefaults?.options}
        fieldConfig={fieldConfig}
        width={width}
        height={height}
        renderCounter={0}
        replaceVariables={(text, scopedVars, format) => getTemplateSrv().replace(text, scopedVars, format)}
        onOptionsChange={onOptionsChange ?? (() => {})}
        onFieldConfigChange={props.onFieldConfigChange ?? (() => {})}
        onChangeTimeRange={onChangeTimeRange ?? (() => {})}
        eventBus={eventBus}
      />
    </ErrorBoundaryAlert>
  );
}
