import { CoreApp } from '@grafana/data';

import { defaultQuery, queryTypeFor } from './defaultQuery';
import type { QueryType } from './query';

it.each([
  [CoreApp.Explore, 'both'],
  [CoreApp.Dashboard, 'profile'],
  [CoreApp.PanelEditor, 'profile'],
  [CoreApp.UnifiedAlerting, 'metrics'],
  [CoreApp.CloudAlerting, 'metrics'],
  ['scenes', 'profile'],
  [undefined, 'profile'],
])('a new query in %s asks for %s', (app, queryType) => {
  expect(defaultQuery(app)).toEqual({ labelSelector: '{}', groupBy: [], spanSelector: [], queryType });
});

it('leaves a type that was chosen alone', () => {
  expect(queryTypeFor('metrics', CoreApp.Explore)).toBe('metrics');
  expect(queryTypeFor('metrics', CoreApp.Dashboard)).toBe('metrics');
  expect(queryTypeFor('profile', CoreApp.UnifiedAlerting)).toBe('metrics');
});

it('leaves an unknown type for the backend to refuse', () => {
  expect(queryTypeFor('heat' as QueryType, CoreApp.UnifiedAlerting)).toBe('heat');
});
