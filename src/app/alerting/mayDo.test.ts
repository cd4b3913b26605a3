import { config } from '@grafana/runtime';

import { whyNoEndOfSilences, whyNoRules, whyNoSilences } from './mayDo';

const before = config.bootData.user.permissions;
afterEach(() => {
  config.bootData.user.permissions = before;
});

const WAYS = [whyNoRules, whyNoSilences, whyNoEndOfSilences];

it('says which permission a viewer lacks', () => {
  config.bootData.user.permissions = { 'alert.rules:read': true, 'alert.silences:read': true };
  expect(WAYS.map((why) => why()?.match(/alert\.\w+:\w+/)?.[0])).toEqual([
    'alert.rules:create',
    'alert.instances:create',
    'alert.instances:write',
  ]);
});

it('lets an editor, and whoever may in some folder only', () => {
  config.bootData.user.permissions = {
    'alert.rules:create': true,
    'alert.silences:create': true,
    'alert.silences:write': true,
  };
  expect(WAYS.map((why) => why())).toEqual([undefined, undefined, undefined]);
});

it('leaves it to Grafana where the page was told nothing', () => {
  config.bootData.user.permissions = undefined;
  expect(WAYS.map((why) => why())).toEqual([undefined, undefined, undefined]);
});
