import { SHIPPED_RUNBOOKS } from '../../../links/runbookUrl';
import { readRunbook } from '../model/runbook';
import { sectionsOf } from '../text/headings';

import { SHIPPED_TEXTS } from '.';

const SKELETON = ['Impact', 'Capture before a restart', 'Evidence', 'Mitigation', 'Verification', 'Escalation'];

it('has a text for each slug, in their order', () => {
  expect(Object.keys(SHIPPED_TEXTS)).toEqual([...SHIPPED_RUNBOOKS]);
});

describe.each(SHIPPED_RUNBOOKS)('%s', (slug) => {
  const text = SHIPPED_TEXTS[slug];
  const runbook = readRunbook(slug, text);
  const kinds = runbook.parts.flatMap((part) => (part.kind === 'live' ? [part.block.kind] : []));

  it('is well-formed', () => {
    expect(runbook.faults).toEqual([]);
    expect(runbook.group).not.toBe('own');
    expect(runbook.tags.length).toBeGreaterThan(2);
  });

  it('has the skeleton: impact, capture, evidence, mitigation, verification, escalation', () => {
    expect(sectionsOf(runbook.parts).map(({ text: title }) => title)).toEqual(SKELETON);
    const sections = text.split(/^## /m).slice(1);
    expect(kinds).toContain('escalation');
    expect(kinds.some((kind) => ['series', 'flamegraph', 'diff', 'functions'].includes(kind))).toBe(true);
    // Steps to tick off, and commands.
    expect(sections[3]).toMatch(/^- \[ \] /m);
    expect(text).toMatch(/```bash/);
    expect(sections[4]).toMatch(/^- \[ \] /m);
  });

  it('leads only to runbooks that there are', () => {
    const named = [...text.matchAll(/\(runbook:([a-z-]+)\)/g)].map(([, other]) => other);
    expect(named.filter((other) => !SHIPPED_RUNBOOKS.some((known) => known === other))).toEqual([]);
  });
});
