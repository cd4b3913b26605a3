import { readFileSync } from 'fs';
import path from 'path';
import { parse } from 'yaml';

import { newRule, provisioningFile, secondsOf, shippedRules, uidOn } from './shippedRules';

const FILE = path.join(__dirname, '../../../provisioning/alerting/flamewatch.yaml');

interface File {
  groups: Array<{ rules: Array<{ data: Array<{ datasourceUid: string; model: { datasource?: { uid: string } } }> }> }>;
}

const uidsOf = ({ groups }: File) =>
  groups.flatMap(({ rules }) =>
    rules.flatMap(({ data }) => data.flatMap(({ datasourceUid, model }) => [datasourceUid, model.datasource?.uid]))
  );

it('is the file word by word, but for the data source', () => {
  const text = provisioningFile('null');
  const own = readFileSync(FILE, 'utf8');
  const uids = uidsOf(parse(text) as File);
  expect(uids).toContain('null');
  expect(uids).not.toContain('flamewatch');
  const comments = (of: string) => of.split('\n').filter((line) => line.trim().startsWith('#'));
  expect(comments(text)).toEqual(comments(own));
  expect(parse(provisioningFile('flamewatch'))).toEqual(parse(own));
});

it('lists every rule with its group', () => {
  const rules = shippedRules('ds');
  const { groups } = parse(readFileSync(FILE, 'utf8')) as { groups: Array<{ name: string; rules: unknown[] }> };
  expect(rules).toHaveLength(groups.flatMap((group) => group.rules).length);
  expect(rules[0]).toMatchObject({ group: groups[0].name, folder: 'Flamewatch' });
  for (const { query, every, uid } of rules) {
    expect(query.model).toMatchObject({ datasource: { type: 'flamewatch-profiles-datasource', uid: 'ds' } });
    expect(query.range.from).toBeGreaterThan(0);
    expect(every).toBeGreaterThanOrEqual(10);
    expect(uidOn(uid, 'ds').length).toBeLessThanOrEqual(40);
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
