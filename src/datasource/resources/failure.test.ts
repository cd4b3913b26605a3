import type { FetchError } from '@grafana/runtime';

import { describeFailure } from './failure';

const fetchError = (status: number, data: unknown = {}) => ({ status, data, config: { url: '' } }) as FetchError;

it.each([
  ['what the backend says', fetchError(400, { error: 'The selector ends after "=".' }), 'The selector ends after "=".'],
  ['what Grafana says', fetchError(500, { message: 'Plugin is down', error: '' }), 'Plugin is down'],
  ['a refusal', fetchError(403), 'You may not query this data source. Ask an administrator for access.'],
  [
    'a bad gateway page',
    fetchError(502, '<html>'),
    'The profile server cannot be reached. Check the data source settings.',
  ],
  ['another status', fetchError(418), 'The data source answered with status 418.'],
  ['an error of the browser', new Error('Failed to fetch'), 'Failed to fetch'],
  ['nothing', undefined, 'The request failed without saying why.'],
])('%s', (_, error, sentence) => {
  expect(describeFailure(error)).toBe(sentence);
});

it('names a backend that does not run', () => {
  expect(describeFailure(fetchError(404))).toMatch(/no running backend/);
});
