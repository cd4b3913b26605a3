import { EventBusSrv, type GrafanaConfig, locationUtil } from '@grafana/data';
import {
  config,
  type EchoSrv,
  locationService,
  setAppEvents,
  setBackendSrv,
  setChromeHeaderHeightHook,
  setCurrentUser,
  setDataSourceSrv,
  setEchoSrv,
  setLocationSrv,
  setPluginComponentHook,
  setPluginComponentsHook,
  setPluginFunctionsHook,
  setPluginImportUtils,
  setPluginLinksHook,
  setReturnToPreviousHook,
  setRunRequest,
  setTemplateSrv,
} from '@grafana/runtime';

import { PanelRenderer } from '../panels/PanelRenderer';
import { PanelProblem } from '../panels/PanelProblem';
import { getPanelPluginFromCache, importPanelPlugin } from '../plugins/pluginLoader';
import { PluginPage } from '../shell/PluginPage';
import { backendSrv } from './backend';
import { dataSourceSrv } from './dataSources';
import {
  getI18nInstance,
  initializeI18n,
  setPanelDataErrorView,
  setPanelRenderer,
  setPluginPage,
} from './grafanaInternals';
import { fillRegistries } from './registries';
import { runRequest } from './runRequest';
import { templateSrv } from './templates';

/** Usage is reported to nobody. */
const silence: EchoSrv = { flush() {}, addBackend() {}, addEvent() {} };

/** Sets everything that Grafana's core sets in the @grafana packages before it draws its first page. */
export async function startRuntime(): Promise<void> {
  const { user } = config.bootData;
  await initializeI18n({ language: user.language, ns: ['grafana'] }, user.language);
  // i18next takes a language for resolved only once it has a text in it. Grafana's core brings its own texts; here one
  // stands for them, so that plugins find the language that was asked for.
  const i18n = getI18nInstance();
  i18n.addResourceBundle(user.language, 'grafana', { playground: user.language });
  await i18n.changeLanguage(user.language);

  setBackendSrv(backendSrv);
  setEchoSrv(silence);
  setAppEvents(new EventBusSrv());
  setLocationSrv(locationService);
  setCurrentUser(user);
  setTemplateSrv(templateSrv);
  setDataSourceSrv(dataSourceSrv);
  setRunRequest(runRequest);
  setPluginImportUtils({ importPanelPlugin, getPanelPluginFromCache });
  setPluginPage(PluginPage);
  setPanelRenderer(PanelRenderer);
  setPanelDataErrorView(PanelProblem);
  fillRegistries();
  locationUtil.initialize({
    // The settings are the server's; the class in @grafana/runtime and the type in @grafana/data spell three of them
    // differently.
    config: config as unknown as GrafanaConfig,
    getTimeRangeForUrl: () => ({ from: 'now-1h', to: 'now' }),
    getVariablesUrlParams: () => ({}),
  });

  // Extensions of other plugins: there are no other plugins here.
  setPluginLinksHook(() => ({ links: [], isLoading: false }));
  setPluginComponentsHook(() => ({ components: [], isLoading: false }));
  setPluginComponentHook(() => ({ component: null, isLoading: false }));
  setPluginFunctionsHook(() => ({ functions: [], isLoading: false }));
  setReturnToPreviousHook(() => () => {});
  setChromeHeaderHeightHook(() => 0);
}
