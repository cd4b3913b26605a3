import { readSilences } from '../alerting/silence';

import { findingsCsv, findingsJson, findingsMarkdown } from './exportFindings';
import { rankFindings } from './rankedFindings';
import { finding, serviceFindings } from './testing';

const head = { from: 0, to: 3_600_000, datasourceUid: 'ds' };
const hostile = '=HYPERLINK("http://x","a"),`b`|<script>\nc';

const silences = readSilences([
  {
    id: 's',
    status: { state: 'active' },
    startsAt: '1970-01-01T00:00:00Z',
    endsAt: '1970-01-02T00:00:00Z',
    createdBy: 'ada',
    comment: 'known',
    matchers: [{ name: 'function', value: 'orders.serializeOrder' }],
  },
]);

const groups = rankFindings(
  [serviceFindings({ findings: [finding(), finding({ function: hostile, version: undefined, ratio: null })] })],
  silences,
  { shown: 'all', search: '', muted: true }
);

it('writes CSV that a spreadsheet takes for text', () => {
  const csv = findingsCsv(groups);
  expect(csv.split('\r\n')[0]).toMatch(/^service,profileTypeId,function,kind,status,/);
  expect(csv).toContain(`"'=HYPERLINK(""http://x"",""a""),\`b\`|<script>\nc"`);
  expect(csv).toContain('"1970-01-01T01:30:00.000Z","v1.4.3","v1.4.2",2,2,true,true,');
  expect(csv).toMatch(/,0.12,0.26,0.14,0.12,0.16,,0.4,"cores",/);
});

it('writes JSON with what is muted', () => {
  const { findings, from } = JSON.parse(findingsJson(groups, head));
  expect(from).toBe('1970-01-01T00:00:00.000Z');
  expect(findings.map((one: { muted: unknown }) => one.muted)).toEqual([
    null,
    { until: '1970-01-02T00:00:00.000Z', reason: 'known' },
  ]);
  expect(findings[0].function).toBe(hostile);
});

it('writes Markdown whose cells no name leaves', () => {
  const markdown = findingsMarkdown(groups, head);
  const rows = markdown.split('\n').filter((line) => line.startsWith('|'));
  expect(rows).toHaveLength(4);
  expect(rows[2]).toContain('`` =HYPERLINK("http://x","a"),`b`\\|<script> c ``');
  expect(rows[3]).toContain('| grew, new, muted until 1970-01-02T00:00:00.000Z | 12.0% | 26.0% | +0.400 cores |');
  expect(findingsMarkdown([], head)).toMatch(/None/);
});
