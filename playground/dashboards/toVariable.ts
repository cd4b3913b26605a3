import type { VariableHide, VariableRefresh, VariableSort } from '@grafana/data';
import {
  ConstantVariable,
  CustomVariable,
  DataSourceVariable,
  IntervalVariable,
  QueryVariable,
  type SceneVariable,
  TextBoxVariable,
} from '@grafana/scenes';

import type { VariableModel } from './dashboardModel';

const textQuery = ({ query }: VariableModel) => (typeof query === 'string' ? query : '');

/** A variable of a dashboard's file as one of Scenes; undefined for a kind that the page does not know. */
export function toVariable(model: VariableModel): SceneVariable | undefined {
  const common = {
    name: model.name,
    label: model.label,
    description: model.description,
    hide: model.hide as VariableHide | undefined, // the file holds the enum's number
  };
  const choice = {
    ...common,
    isMulti: model.multi,
    includeAll: model.includeAll,
    allValue: model.allValue,
    value: model.current?.value ?? '',
    text: model.current?.text ?? '',
  };
  switch (model.type) {
    case 'datasource':
      return new DataSourceVariable({ ...choice, pluginId: textQuery(model), regex: model.regex });
    case 'query':
      return new QueryVariable({
        ...choice,
        datasource: model.datasource,
        query: model.query ?? '',
        regex: model.regex,
        refresh: model.refresh as VariableRefresh | undefined,
        sort: model.sort as VariableSort | undefined,
      });
    case 'custom':
      return new CustomVariable({ ...choice, query: textQuery(model) });
    case 'interval':
      return new IntervalVariable({
        ...common,
        value: String(model.current?.value ?? ''),
        intervals: textQuery(model).split(','),
      });
    case 'textbox':
      return new TextBoxVariable({ ...common, value: String(model.current?.value ?? textQuery(model)) });
    case 'constant':
      return new ConstantVariable({ ...common, value: textQuery(model) });
    default:
      return undefined;
  }
}
