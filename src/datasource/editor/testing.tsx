import React from 'react';
import { of } from 'rxjs';

import { type DataSourceInstanceSettings, dateTime, type TimeRange } from '@grafana/data';
import type { FetchResponse, TemplateSrv } from '@grafana/runtime';

import { ProfilesDatasource } from '../ProfilesDatasource';
import type { ProfilesQuery } from '../query';
import { Discovery, type FetchResource } from '../resources/Discovery';
import type { ProfilesOptions } from '../settings';
import type { CodeFieldProps } from './CodeField';

export const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';
export const MEMORY = 'memory:inuse_space:bytes:space:bytes';

export const RANGE: TimeRange = {
  from: dateTime(3_600_000),
  to: dateTime(7_200_000),
  raw: { from: 'now-1h', to: 'now' },
};

/** No dashboard around: variables stay as they are written, unless they are given. */
export function templatesOf(variables: Record<string, string> = {}): TemplateSrv {
  return {
    replace: (text = '') => text.replace(/\$(\w+)/g, (written, name) => variables[name] ?? written),
    getVariables: () => Object.keys(variables).map((name) => ({ name })),
    containsTemplate: (text = '') => text.includes('$'),
    updateTimeRange: () => undefined,
  } as unknown as TemplateSrv;
}

/** What a server holds in tests: answers by path of the resource. */
export const RESOURCES: Record<string, (params: Record<string, string | number>) => unknown> = {
  profileTypes: () => [{ id: MEMORY }, { id: CPU }],
  labelNames: () => ['namespace', 'pod', 'service_name'],
  labelValues: ({ label }) => ({ service_name: ['checkout', 'orders'], pod: ['a-1', 'b-2'] })[label] ?? [],
};

export function datasourceWith(
  fetchResource: FetchResource = (path, params) => of({ data: RESOURCES[path]?.(params) } as FetchResponse<unknown>),
  templates = templatesOf()
): ProfilesDatasource {
  const settings = { uid: 'ds', type: 'flamewatch-profiles-datasource', name: 'Profiles', id: 1, jsonData: {} };
  const datasource = new ProfilesDatasource(settings as DataSourceInstanceSettings<ProfilesOptions>, templates);
  Object.assign(datasource, { discovery: new Discovery(fetchResource) });
  return datasource;
}

export const QUERY: ProfilesQuery = {
  refId: 'A',
  profileTypeId: CPU,
  labelSelector: '{service_name="checkout"}',
  groupBy: [],
  queryType: 'both',
};

/** Stands in for CodeMirror, which needs a layout that jsdom does not have. */
export function PlainCodeField({ value, onChange, onRun, label, placeholder }: CodeFieldProps) {
  return (
    <input
      aria-label={label}
      placeholder={placeholder}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      onKeyDown={({ key, currentTarget }) => key === 'Enter' && onRun(currentTarget.value)}
    />
  );
}

/** Lists of options draw what is in sight, and in jsdom nothing has a size. */
export function giveElementsASize() {
  const size = { width: 400, height: 300, top: 0, left: 0, bottom: 300, right: 400, x: 0, y: 0, toJSON: () => '' };
  jest.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(size);
  jest.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(size.height);
  jest.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(size.width);
}
