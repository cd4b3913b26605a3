import { firstValueFrom, type Observable } from 'rxjs';

import { config } from '@grafana/runtime';

import { startGrafana } from '../testing/grafana';

import { createRule, createSilence, endSilence, listOurRules, listSilences, setGroupInterval } from './alertingApi';
import { silenceOf } from './silence';

const refused = (status: number, data: unknown = {}) => ({ status, statusText: '', data, config: { url: '' } });

beforeEach(() => {
  config.unifiedAlertingEnabled = true;
});

const messageOf = (answer: Observable<unknown>) =>
  firstValueFrom(answer).then(
    () => 'no error',
    (error: Error) => error.message
  );

it('asks nothing of a Grafana without alerting', async () => {
  config.unifiedAlertingEnabled = false;
  const asked = startGrafana({});
  expect(await firstValueFrom(listSilences())).toBeUndefined();
  expect(await firstValueFrom(listOurRules(['ds']))).toBeUndefined();
  expect(asked.requests).toEqual([]);
});

it.each([404, 501])('takes %d for no alerting', async (status) => {
  startGrafana({ resource: () => refused(status) });
  expect(await firstValueFrom(listSilences())).toBeUndefined();
});

const silence = silenceOf({
  labels: { service_name: 'a', function: 'f', kind: 'new' },
  reason: '',
  createdBy: '',
  from: 0,
  to: 1,
});

it.each([
  [403, {}, /may not create silences.*alert\.instances:create/],
  [403, { message: 'user is not authorized' }, /alert\.instances:create.*Grafana says: user is not authorized/],
  [500, { message: 'exceeded maximum number of silences: 10' }, /as many silences as it allows.*10/],
  [409, { message: 'x' }, /changed the same thing/],
  [401, {}, /signed out/],
  [500, { message: 'disk is full' }, /^disk is full$/],
])('says what is missing for a silence: %d %j', async (status, data, message) => {
  startGrafana({ resource: () => refused(status, data) });
  expect(await messageOf(createSilence(silence))).toMatch(message);
});

it.each([
  [403, { message: 'quota has been exceeded' }, /as many alert rules as it allows/],
  [403, {}, /alert\.rules:create/],
  [409, {}, /is there already/],
  [404, {}, /no alerting/],
])('says what is missing for a rule: %d %j', async (status, data, message) => {
  startGrafana({ resource: () => refused(status, data) });
  expect(await messageOf(createRule({}))).toMatch(message);
});

it('leaves rules editable and sets how often they are evaluated', async () => {
  const asked = startGrafana({ resource: (_, { method }) => (method === undefined ? { title: 'g', rules: [1] } : {}) });
  await firstValueFrom(createRule({ title: 'r' }));
  await firstValueFrom(setGroupInterval('f/1', 'a b', 300));
  expect(asked.requests.map(({ method, url }) => [method, url])).toEqual([
    ['POST', '/api/v1/provisioning/alert-rules'],
    [undefined, '/api/v1/provisioning/folder/f%2F1/rule-groups/a%20b'],
    ['PUT', '/api/v1/provisioning/folder/f%2F1/rule-groups/a%20b'],
  ]);
  expect(asked.requests[0].headers).toEqual({ 'X-Disable-Provenance': 'true' });
  expect(asked.requests[2].data).toEqual({ title: 'g', rules: [1], interval: 300 });
});

it('ends a silence by its id', async () => {
  const asked = startGrafana({ resource: () => ({}) });
  await firstValueFrom(endSilence('a/b'));
  expect(asked.requests[0]).toMatchObject({ method: 'DELETE', url: '/api/alertmanager/grafana/api/v2/silence/a%2Fb' });
});
