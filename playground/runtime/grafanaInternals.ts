/**
 * What a host must call in @grafana/runtime and @grafana/i18n and the packages do not export: these files are imported by
 * their place in the packages' dist folders, past their exports maps. They are here and nowhere else, and hold for the
 * pinned 12.4.10. Their types are declared in grafanaInternals.d.ts.
 */
export { getI18nInstance, initializeI18n } from '../../node_modules/@grafana/i18n/dist/esm/i18n.mjs';
export { setPanelDataErrorView } from '../../node_modules/@grafana/runtime/dist/esm/components/PanelDataErrorView.mjs';
export { setPanelRenderer } from '../../node_modules/@grafana/runtime/dist/esm/components/PanelRenderer.mjs';
export { setPluginPage } from '../../node_modules/@grafana/runtime/dist/esm/components/PluginPage.mjs';
