import { FieldConfigProperty, PanelPlugin } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';

import { FlameGraphPanel } from './FlameGraphPanel';
import { migrateOptions } from './migration';
import { addOptions, type FlameGraphOptions } from './options';
import pluginJson from './plugin.json';
import { suggest } from './suggestions';

await initPluginTranslations(pluginJson.id);

export const plugin = new PanelPlugin<FlameGraphOptions>(FlameGraphPanel)
  .setPanelOptions(addOptions)
  .useFieldConfig({
    disableStandardOptions: [
      FieldConfigProperty.Color,
      FieldConfigProperty.Min,
      FieldConfigProperty.Max,
      FieldConfigProperty.Thresholds,
      FieldConfigProperty.Mappings,
    ],
  })
  .setMigrationHandler(migrateOptions)
  .setSuggestionsSupplier(suggest);
