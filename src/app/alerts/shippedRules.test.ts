import { readFileSync } from 'fs';
import path from 'path';
import { parse } from 'yaml';

import { newRule, provisioningFile, secondsOf, shippedRules, uidOn } from './shippedRules';

const FILES = ['regressions.yaml', 'flamewatch.yaml'].map((name) =>
  readFileSync(path.join(__dirname, '../../../provisioning/alerting', name), 'utf8')
);

interface Rule {
  uid: string;
  annotations: Record<string, string>;
  data: Array<{ datasourceUid: string; model: { datasource?: { uid: string } } }>;
}

interface File {
  groups: Array<{ name: string; rules: Rule[] }>;
}

const own = FILES.flatMap((text) => (parse(text) as File).groups);

const uidsOf = ({ groups }: File) =>
  groups.flatMap(({ rules }) =>
    rules.flatMap(({ data }) => data.flatMap(({ datasourceUid, model }) => [datasourceUid, model.datasource?.uid]))
  );

it('is the files word by word, but for the data source', () => {
  const text = provisioningFile('null');
  const file = parse(text) as File;
  expect(uidsOf(file)).toContain('null');
  expect(uidsOf(file)).not.toContain('flamewatch');
  expect(text).not.toContain('var-ds=flamewatch');
  const comments = (of: string) => of.split('\n').filter((line) => line.trim().startsWith('#'));
  expect(comments(text).map((line) => line.trim())).toEqual(FILES.flatMap(comments).map((line) => line.trim()));
  expect((parse(provisioningFile('flamewatch')) as File).groups).toEqual(own);
});

it('lists every rule with its group', () => {
  const rules = shippedRules('ds');
  expect(rules.map(({ uid }) => uid)).toEqual(own.flatMap((group) => group.rules).map(({ uid }) => uid));
  expect(rules[0]).toMatchObject({ group: own[0].name, folder: 'Flamewatch' });
  for (const { query, every, uid, rule } of rules) {
    expect(query.model).toMatchObject({ datasource: { type: 'flamewatch-profiles-datasource', uid: 'ds' } });
    expect(query.range.from).toBeGreaterThan(0);
    expect(every).toBeGreaterThanOrEqual(10);
    expect(uidOn(uid, 'ds').length).toBeLessThanOrEqual(40);
    expect((rule as unknown as Rule).annotations.runbook_url).toMatch(
      /^\{\{ externalURL \}\}a\/flamewatch-profiles-app\//
    );
  }
});

it('makes a rule for the API in a folder', () => {
  const [shipped] = shippedRules('ds');
  expect(newRule(shipped, { datasourceUid: 'ds', folderUid: 'f' })).toMatchObject({
    title: shipped.title,
    folderUID: 'f',
    ruleGroup: shipped.group,
    condition: expect.any(String),
    data: expect.arrayContaining([expect.objectContaining({ datasourceUid: 'ds' })]),
  });
});

it('gives a rule one uid a data source', () => {
  expect(uidOn('x', 'a')).toBe(uidOn('x', 'a'));
  expect(uidOn('x', 'a')).not.toBe(uidOn('x', 'b'));
  expect(uidOn('x'.repeat(60), 'a')).toMatch(/^x{31}-[0-9a-f]{8}$/);
});

it.each([
  ['1m', 60],
  ['90s', 90],
  ['1h30m', 5400],
])('%s', (text, seconds) => {
  expect(secondsOf(text)).toBe(seconds);
});
