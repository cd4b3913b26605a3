// Types of the files that runtime/grafanaInternals.ts imports by path.
declare module '*/i18n/dist/esm/i18n.mjs' {
  export function getI18nInstance(): import('i18next').i18n;
  export function initializeI18n(
    options: { language?: string; ns?: string[] },
    regionalFormat: string
  ): Promise<{ language: string | undefined }>;
}

declare module '*/components/PanelDataErrorView.mjs' {
  type View = import('react').ComponentType<import('@grafana/runtime').PanelDataErrorViewProps>;
  export function setPanelDataErrorView(view: View): void;
}

declare module '*/components/PanelRenderer.mjs' {
  type Renderer = import('react').ComponentType<import('@grafana/runtime').PanelRendererProps>;
  export function setPanelRenderer(renderer: Renderer): void;
}

declare module '*/components/PluginPage.mjs' {
  export function setPluginPage(page: import('@grafana/runtime').PluginPageType): void;
}

// d3 ships no types; it is handed on to plugins as it is.
declare module 'd3';
