import { uniqBy } from 'lodash';

import {
  booleanOverrideProcessor,
  type DataTransformerInfo,
  dataLinksOverrideProcessor,
  displayNameOverrideProcessor,
  FieldColorModeId,
  type FieldConfigPropertyItem,
  identityOverrideProcessor,
  numberOverrideProcessor,
  standardEditorsRegistry,
  standardFieldConfigEditorRegistry,
  standardTransformers,
  standardTransformersRegistry,
  stringOverrideProcessor,
  thresholdsOverrideProcessor,
  unitOverrideProcessor,
  valueMappingsOverrideProcessor,
} from '@grafana/data';

/** Stands where Grafana draws an option's editor: the page has no panel editor. */
function NoEditor() {
  return null;
}

/** Editors that panels name for their options; Grafana's own live in its core and are not on npm. */
const OPTION_EDITORS = [
  'number',
  'slider',
  'text',
  'boolean',
  'select',
  'multi-select',
  'radio',
  'color',
  'fieldColor',
  'unit',
  'thresholds',
  'mappings',
  'links',
  'actions',
  'stats-picker',
  'strings',
  'timezone',
  'field-name',
  'dashboard-uid',
];

type Process = FieldConfigPropertyItem['process'];

/** The field options that every panel knows, in the order in which they are applied. */
const FIELD_OPTIONS: Array<[path: string, process: Process, defaultValue?: unknown]> = [
  ['unit', unitOverrideProcessor],
  ['min', numberOverrideProcessor],
  ['max', numberOverrideProcessor],
  ['fieldMinMax', booleanOverrideProcessor],
  ['decimals', numberOverrideProcessor],
  ['displayName', displayNameOverrideProcessor],
  ['noValue', stringOverrideProcessor],
  ['color', identityOverrideProcessor, { mode: FieldColorModeId.PaletteClassic }],
  ['links', dataLinksOverrideProcessor],
  ['actions', dataLinksOverrideProcessor],
  ['mappings', valueMappingsOverrideProcessor],
  ['thresholds', thresholdsOverrideProcessor],
  ['filterable', booleanOverrideProcessor],
];

function fieldOption([path, process, defaultValue]: (typeof FIELD_OPTIONS)[number]): FieldConfigPropertyItem {
  return {
    id: path,
    path,
    name: path,
    process,
    defaultValue,
    editor: NoEditor,
    override: NoEditor,
    settings: {},
    shouldApply: () => true,
  };
}

/**
 * The registry of Grafana 13.2 holds functions that fetch a transformation, those before hold the transformation itself;
 * the page is made of either.
 */
function forEither<T extends DataTransformerInfo>(transformation: T) {
  const { name: _, ...info } = transformation;
  return Object.assign(() => Promise.resolve(transformation), info);
}

/** Fills the registries of @grafana/data that panels and Scenes look things up in. */
export function fillRegistries() {
  standardEditorsRegistry.setInit(() => OPTION_EDITORS.map((id) => ({ id, name: id, editor: NoEditor })));
  standardFieldConfigEditorRegistry.setInit(() => FIELD_OPTIONS.map(fieldOption));
  standardTransformersRegistry.setInit(() =>
    uniqBy(Object.values(standardTransformers), 'id').map((transformation) => ({
      id: transformation.id,
      name: transformation.name,
      description: transformation.description,
      transformation: forEither(transformation),
      editor: NoEditor,
      imageDark: '',
      imageLight: '',
    }))
  );
}
