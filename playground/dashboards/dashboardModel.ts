import type { DataSourceRef, DataTransformerConfig, FieldConfigSource } from '@grafana/data';
import type { SceneDataQuery } from '@grafana/scenes';
import type { DashboardLink } from '@grafana/schema';

/** A dashboard's file, in the parts that the page draws (Grafana's schema before version 2). */
export interface DashboardModel {
  uid: string;
  title: string;
  panels?: PanelModel[];
  templating?: { list?: VariableModel[] };
  annotations?: { list?: AnnotationModel[] };
  time?: { from: string; to: string };
  refresh?: string | boolean;
  links?: DashboardLink[];
}

export interface PanelModel {
  id: number;
  type: string;
  title?: string;
  description?: string;
  transparent?: boolean;
  gridPos: { x: number; y: number; w: number; h: number };
  datasource?: DataSourceRef;
  targets?: SceneDataQuery[];
  options?: object;
  fieldConfig?: FieldConfigSource;
  transformations?: DataTransformerConfig[];
  maxDataPoints?: number;
  interval?: string;
  /** Of a row. */
  collapsed?: boolean;
  panels?: PanelModel[];
}

export interface VariableModel {
  type: string;
  name: string;
  label?: string;
  description?: string;
  hide?: number;
  query?: string | SceneDataQuery;
  regex?: string;
  datasource?: DataSourceRef;
  includeAll?: boolean;
  multi?: boolean;
  allValue?: string;
  refresh?: number;
  sort?: number;
  current?: { text?: string | string[]; value?: string | string[] };
}

export interface AnnotationModel {
  name: string;
  enable: boolean;
  hide?: boolean;
  builtIn?: number;
  iconColor: string;
  datasource?: DataSourceRef;
  target?: SceneDataQuery;
}
