import type { PanelOptionsEditorBuilder, SelectableValue } from '@grafana/data';
import { t } from '@grafana/i18n';

import {
  type Amount,
  DEFAULT_STATE,
  type Direction,
  type FlameGraphState,
  type Layout,
  TABLE_COLUMNS,
  type TableColumn,
} from '../flamegraph/state/flameGraphState';
import { amountOptions, colourOptions, directionOptions, layoutOptions } from '../flamegraph/state/options';
import { columnTitles } from '../flamegraph/table/columns';

/** Counts changes of the options that old dashboards have to be brought along over; see migration.ts. */
export const OPTIONS_VERSION = 1;

export const LINK_TARGETS = ['same-tab', 'new-tab', 'off'] as const;
/** Where links of frames open, or that there are none. */
export type LinkTarget = (typeof LINK_TARGETS)[number];

/** What a dashboard keeps of the panel. Everything a user changes while looking starts from here. */
export interface FlameGraphOptions {
  version: number;
  layout: Layout;
  direction: Direction;
  colours: FlameGraphState['colours'];
  amount: Amount;
  columns: TableColumn[];
  /** Names on one picture at most. */
  maxNames: number;
  /** Function whose callers and callees are shown at first; '' for the whole profile. */
  sandwich: string;
  /** Stack of the node that fills the width at first, the root's name first. Set by screens, not by the editor. */
  focus?: readonly string[];
  links: LinkTarget;
  /** Where source can be read: rules of links/sourceUrl, one a line. */
  sources: string;
}

export const DEFAULT_OPTIONS: FlameGraphOptions = {
  version: OPTIONS_VERSION,
  layout: DEFAULT_STATE.layout,
  direction: DEFAULT_STATE.direction,
  colours: DEFAULT_STATE.colours,
  amount: DEFAULT_STATE.amount,
  columns: [...TABLE_COLUMNS],
  maxNames: 2000,
  sandwich: '',
  links: 'same-tab',
  sources: '',
};

/** The state that a flame graph with these options begins with. */
export function stateOf(options: FlameGraphOptions): FlameGraphState {
  const { layout, direction, colours, amount, sandwich, focus = [] } = options;
  return { ...DEFAULT_STATE, layout, direction, colours, amount, sandwich: sandwich || undefined, focus };
}

export function addOptions(builder: PanelOptionsEditorBuilder<FlameGraphOptions>): void {
  builder
    .addSelect({
      path: 'layout',
      name: t('panel.options.layout', 'Show'),
      defaultValue: DEFAULT_OPTIONS.layout,
      settings: { options: layoutOptions() },
    })
    .addRadio({
      path: 'direction',
      name: t('panel.options.direction', 'Root'),
      defaultValue: DEFAULT_OPTIONS.direction,
      settings: { options: directionOptions() },
    })
    .addSelect({
      path: 'colours',
      name: t('panel.options.colours', 'Colour by'),
      defaultValue: DEFAULT_OPTIONS.colours,
      settings: {
        options: [
          { value: 'auto' as const, label: t('panel.options.colours-auto', 'Automatic') },
          ...colourOptions(true),
        ],
      },
    })
    .addRadio({
      path: 'amount',
      name: t('panel.options.amount', 'On frames'),
      description: t('panel.options.amount-for', 'What is written behind the names of frames.'),
      defaultValue: DEFAULT_OPTIONS.amount,
      settings: { options: amountOptions() },
    })
    .addMultiSelect({
      path: 'columns',
      name: t('panel.options.columns', 'Table columns'),
      description: t('panel.options.columns-for', 'Self and total are columns of a profile, the others of a diff.'),
      defaultValue: DEFAULT_OPTIONS.columns,
      // Grafana's type takes an option for a whole list of values; what it draws and gives back are single ones.
      settings: { options: columnOptions() as Array<SelectableValue<TableColumn[]>> },
    })
    .addNumberInput({
      path: 'maxNames',
      name: t('panel.options.max-names', 'Names at most'),
      description: t('panel.options.max-names-for', 'The widest frames keep their names.'),
      defaultValue: DEFAULT_OPTIONS.maxNames,
      settings: { min: 0, integer: true },
    })
    .addTextInput({
      path: 'sandwich',
      name: t('panel.options.sandwich', 'Callers and callees of'),
      description: t('panel.options.sandwich-for', 'Name of a function; empty shows the whole profile.'),
      defaultValue: DEFAULT_OPTIONS.sandwich,
    })
    .addRadio({
      path: 'links',
      name: t('panel.options.links', 'Links of frames'),
      defaultValue: DEFAULT_OPTIONS.links,
      settings: {
        options: [
          { value: 'same-tab' as const, label: t('panel.options.links-same-tab', 'Same tab') },
          { value: 'new-tab' as const, label: t('panel.options.links-new-tab', 'New tab') },
          { value: 'off' as const, label: t('panel.options.links-off', 'Off') },
        ],
      },
    })
    .addTextInput({
      path: 'sources',
      name: t('panel.options.sources', 'Source code'),
      description: t(
        'panel.options.sources-for',
        'One rule a line: package, version (or *), address with {version}, {file} and {line}.'
      ),
      defaultValue: DEFAULT_OPTIONS.sources,
      settings: {
        useTextarea: true,
        rows: 3,
        placeholder: 'example.com/shop * https://github.com/example/shop/blob/{version}/{file}#L{line}',
      },
    });
}

function columnOptions(): SelectableValue[] {
  return TABLE_COLUMNS.map((value) => ({ value, label: columnTitles()[value] }));
}
