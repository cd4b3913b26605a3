import React, { type ReactNode } from 'react';
import { useParams } from 'react-router-dom';
import { useAsync } from 'react-use';

import type { AppPlugin } from '@grafana/data';
import { Alert, LoadingPlaceholder } from '@grafana/ui';

import { importAppPlugin } from '../plugins/pluginLoader';

/** Draws what needs the app plugin that the path names, once it is there. */
export function LoadedApp({ children }: { children: (plugin: AppPlugin) => ReactNode }) {
  const { pluginId = '' } = useParams();
  const { value: plugin, error } = useAsync(() => importAppPlugin(pluginId), [pluginId]);
  if (error) {
    return (
      <Alert severity="error" title="The app did not load">
        {error.message}
      </Alert>
    );
  }
  return plugin ? children(plugin) : <LoadingPlaceholder text="Loading the app…" />;
}
