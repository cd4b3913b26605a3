import { of } from 'rxjs';

import type { Draft } from '../../flameql/draft';
import { formatDraft } from '../../flameql/format';
import type { LabelQuestions } from '../editor/labelQuestions';
import type { Span } from '../resources/span';
import { comparedWithEarlier, comparedWithPreviousVersion } from './presets';

const SERVICE = { label: 'service_name', op: '=' as const, value: 'shop' };
const DRAFT: Draft = { left: { type: 'cpu', matchers: [SERVICE] }, by: ['pod'] };
const SPAN = { start: 0, end: 800 };

/** Versions by when they ran. */
function running(versions: Record<string, Span>, names = ['pod', 'version']) {
  return (asked: Span): LabelQuestions => ({
    names: () => of(names),
    values: (label, selector) => {
      expect([label, selector]).toEqual(['version', expect.stringContaining('service_name="shop"')]);
      return of(
        Object.keys(versions).filter((one) => versions[one]!.start < asked.end && versions[one]!.end > asked.start)
      );
    },
  });
}

async function compared(draft: Draft, questionsIn: (span: Span) => LabelQuestions) {
  const result = await comparedWithPreviousVersion(draft, questionsIn, SPAN);
  return 'draft' in result ? formatDraft(result.draft) : result.reason;
}

const withVersion = (version: string): Draft => ({
  left: { matchers: [SERVICE, { label: 'version', op: '=', value: version }] },
});

it('holds a query against itself, earlier', () => {
  expect(formatDraft(comparedWithEarlier(DRAFT, '1h'))).toBe('cpu{service_name="shop"} vs offset 1h by (pod)');
});

it('holds the newest version against the one before it', async () => {
  const always = { start: 0, end: 800 };
  expect(await compared(DRAFT, running({ 'v1.10.0': always, 'v1.9.0': always, 'v1.2.0': always }))).toBe(
    'cpu{service_name="shop", version="v1.10.0"} vs {version="v1.9.0"} by (pod)'
  );
});

it('goes by when versions came, whatever they are called', async () => {
  const versions = { f00: { start: 0, end: 500 }, abc: { start: 450, end: 800 }, bcd: { start: 250, end: 460 } };
  expect(await compared(DRAFT, running(versions))).toContain('version="abc"} vs {version="bcd"}');
  expect(await compared(withVersion('bcd'), running(versions))).toBe(
    '{service_name="shop", version="bcd"} vs {version="f00"}'
  );
});

it('says why there is none', async () => {
  const one = { v1: { start: 0, end: 800 } };
  expect(await compared(DRAFT, running(one))).toContain('No version before v1 was found');
  expect(await compared(withVersion('v7'), running(one))).toContain('No version before v7 was found');
  expect(await compared(DRAFT, running({}))).toContain('No version before version was found');
  expect(await compared(DRAFT, running(one, ['pod']))).toContain('no label that tells versions apart');
});
