import { lastValueFrom } from 'rxjs';

import type { AppPluginMeta } from '@grafana/data';
import { getBackendSrv } from '@grafana/runtime';

import type { AppSettings } from '../settings';

/** Stores the app's settings in Grafana; fails with a FetchError, e.g. for who is no administrator. */
export async function saveSettings(meta: AppPluginMeta<AppSettings>, jsonData: AppSettings): Promise<void> {
  const { id, enabled = true, pinned = false } = meta;
  await lastValueFrom(
    getBackendSrv().fetch({
      url: `/api/plugins/${id}/settings`,
      method: 'POST',
      data: { enabled, pinned, jsonData },
      // The page says what went wrong beside the button.
      showErrorAlert: false,
      showSuccessAlert: false,
    })
  );
  // Grafana keeps what it loaded of the plugin: without this the screens would start with the old settings.
  meta.jsonData = jsonData;
}

/**
 * Changes some of the settings and leaves the others as Grafana has them now, which may be newer than what this page
 * loaded. Fails with a FetchError.
 */
export async function changeSettings(meta: AppPluginMeta<AppSettings>, change: Partial<AppSettings>): Promise<void> {
  const { data } = await lastValueFrom(
    getBackendSrv().fetch<{ jsonData?: AppSettings } | null>({
      url: `/api/plugins/${meta.id}/settings`,
      showErrorAlert: false,
    })
  );
  await saveSettings(meta, { ...(data?.jsonData ?? meta.jsonData), ...change });
}
