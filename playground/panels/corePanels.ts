import { FieldColorModeId, FieldConfigProperty, PanelPlugin } from '@grafana/data';

import { StatPanel } from './StatPanel';
import { TablePanel } from './TablePanel';
import { TextPanel } from './TextPanel';
import { TimeSeriesPanel } from './TimeSeriesPanel';

const COLOURS = {
  standardOptions: {
    [FieldConfigProperty.Color]: { defaultValue: { mode: FieldColorModeId.PaletteClassic } },
  },
};

/** Stand-ins for panels of Grafana's core, which are not on npm; the server lists the same ids. */
export const CORE_PANELS: Record<string, PanelPlugin> = {
  timeseries: new PanelPlugin(TimeSeriesPanel).useFieldConfig(COLOURS),
  stat: new PanelPlugin(StatPanel).useFieldConfig(COLOURS),
  table: new PanelPlugin(TablePanel).useFieldConfig(),
  text: new PanelPlugin(TextPanel).setNoPadding(),
};
