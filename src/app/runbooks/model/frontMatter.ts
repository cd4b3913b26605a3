import { type Document, isMap, isScalar, isSeq, LineCounter, type Pair, parseDocument } from 'yaml';

import { t } from '@grafana/i18n';

import { RAW } from '../../../flamegraph/raw';
import { mostSimilar } from '../../../flameql/syntax/hints';

import type { Fault } from './fault';

export const RUNBOOK_GROUPS = ['application', 'control-plane', 'profiler', 'own'] as const;
export type RunbookGroup = (typeof RUNBOOK_GROUPS)[number];

/** What stands above a runbook's text, between lines of `---`. */
export interface FrontMatter {
  title: string;
  /** One sentence for the list: when to open this. */
  summary: string;
  group: RunbookGroup;
  /** Profile type that the page looks at when the alert names none: a short name of FlameQL or a full id. */
  type?: string;
  /** Service that the page looks at when the alert names none. */
  service?: string;
  /** previous-version, or how long ago, e.g. '1h'; absent is the time before that is as long as the range. */
  baseline?: string;
  tags: string[];
}

export interface ReadFrontMatter {
  /** As far as it could be read; what is missing is empty. */
  frontMatter: FrontMatter;
  /** The text below. */
  body: string;
  /** Line of the text on which the body begins, from 1. */
  bodyLine: number;
  faults: Fault[];
}

export const PREVIOUS_VERSION = 'previous-version';

const FENCE = /^---[ \t]*$/;
const KEYS = ['title', 'summary', 'group', 'type', 'service', 'baseline', 'tags'] as const;
type Key = (typeof KEYS)[number];

/** Letters of a text at most; a summary is a line in a list. */
const LONGEST = { title: 120, summary: 400, type: 200, service: 200, baseline: 40 } as const;
const MOST_TAGS = 12;
/** Lines within which the front matter must end: a runbook that lacks its end would be read as YAML to its last line. */
const MOST_LINES = 60;

const NOTHING: FrontMatter = { title: '', summary: '', group: 'own', tags: [] };

/** Splits a runbook into what stands above it and its text, and checks the former. Never throws. */
export function readFrontMatter(text: string): ReadFrontMatter {
  const lines = text.split(/\r\n|\r|\n/);
  if (!FENCE.test(lines[0] ?? '')) {
    const message = t(
      'app.runbooks.fault.no-front-matter',
      'A runbook begins with a line of three dashes, then title and summary, then three dashes again.'
    );
    return { frontMatter: NOTHING, body: text, bodyLine: 1, faults: [{ line: 1, message }] };
  }
  const end = lines.slice(0, MOST_LINES).findIndex((line, at) => at > 0 && FENCE.test(line));
  if (end < 0) {
    const message = t(
      'app.runbooks.fault.open-front-matter',
      'The front matter does not end: write a line of three dashes below it, within {{lines}} lines.',
      { lines: MOST_LINES }
    );
    return { frontMatter: NOTHING, body: lines.slice(1).join('\n'), bodyLine: 2, faults: [{ line: 1, message }] };
  }
  return {
    ...readYaml(lines.slice(1, end).join('\n')),
    body: lines.slice(end + 1).join('\n'),
    bodyLine: end + 2,
  };
}

function readYaml(yaml: string): Pick<ReadFrontMatter, 'frontMatter' | 'faults'> {
  const counter = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: counter, prettyErrors: false });
  // The YAML begins on the second line of the text.
  const lineAt = (offset: number | undefined) => (offset === undefined ? 2 : counter.linePos(offset).line + 1);
  const broken = document.errors.map(({ pos, message }) => ({ line: lineAt(pos[0]), message: notYaml(message) }));
  if (broken.length > 0) {
    return { frontMatter: NOTHING, faults: broken };
  }
  return new Reading(document, lineAt).read();
}

function notYaml(reason: string): string {
  return t('app.runbooks.fault.yaml', 'This is no YAML: {{reason}}.', { reason: reason.replace(/\.$/, ''), ...RAW });
}

/** Takes the values out of a YAML document one by one, and notes what is wrong with them. */
class Reading {
  private readonly faults: Fault[] = [];
  private readonly values = new Map<Key, Pair>();

  constructor(
    private readonly document: Document,
    private readonly lineAt: (offset: number | undefined) => number
  ) {}

  read(): Pick<ReadFrontMatter, 'frontMatter' | 'faults'> {
    const { contents } = this.document;
    if (!isMap(contents)) {
      const message = t('app.runbooks.fault.no-map', 'Write keys and values here, such as title: Memory leak.');
      return { frontMatter: NOTHING, faults: [{ line: 2, message }] };
    }
    contents.items.forEach((pair) => this.note(pair));
    const frontMatter: FrontMatter = {
      title: this.text('title', true) ?? '',
      summary: this.text('summary', true) ?? '',
      group: this.group(),
      tags: this.tags(),
    };
    for (const key of ['type', 'service', 'baseline'] as const) {
      frontMatter[key] = this.text(key);
    }
    this.checkBaseline(frontMatter.baseline);
    return { frontMatter, faults: this.faults.sort((a, b) => a.line - b.line) };
  }

  private note(pair: Pair) {
    const name = isScalar(pair.key) ? String(pair.key.value) : '';
    const key = KEYS.find((known) => known === name);
    if (key) {
      this.values.set(key, pair);
      return;
    }
    const meant = mostSimilar(name, KEYS);
    const values = { name, keys: KEYS.join(', '), meant, ...RAW };
    this.fault(
      pair,
      meant === undefined
        ? t('app.runbooks.fault.unknown-key', 'There is no “{{name}}” here. The keys are {{keys}}.', values)
        : t('app.runbooks.fault.misspelt-key', 'There is no “{{name}}” here. Did you mean “{{meant}}”?', values)
    );
  }

  private text(key: keyof typeof LONGEST, isRequired = false): string | undefined {
    const pair = this.values.get(key);
    const value: unknown = pair && isScalar(pair.value) ? pair.value.value : undefined;
    const text = typeof value === 'number' ? String(value) : value;
    if (typeof text === 'string' && text.trim() !== '' && text.length <= LONGEST[key]) {
      return text.trim();
    }
    if (isRequired || pair) {
      this.fault(
        pair,
        t('app.runbooks.fault.text', '“{{key}}” must be a text of 1 to {{most}} letters.', { key, most: LONGEST[key] })
      );
    }
    return undefined;
  }

  private group(): RunbookGroup {
    const pair = this.values.get('group');
    const named = pair && isScalar(pair.value) ? pair.value.value : undefined;
    const group = RUNBOOK_GROUPS.find((known) => known === named);
    if (pair && !group) {
      const groups = RUNBOOK_GROUPS.join(', ');
      this.fault(pair, t('app.runbooks.fault.group', '“group” must be one of {{groups}}.', { groups, ...RAW }));
    }
    return group ?? 'own';
  }

  private tags(): string[] {
    const pair = this.values.get('tags');
    const items = pair && isSeq(pair.value) ? pair.value.items : [];
    const tags = items.flatMap((item) =>
      isScalar(item) && ['string', 'number'].includes(typeof item.value) ? String(item.value) : []
    );
    if (pair && (!isSeq(pair.value) || tags.length < items.length || tags.length > MOST_TAGS)) {
      this.fault(
        pair,
        t('app.runbooks.fault.tags', '“tags” must be a list of at most {{most}} words, such as [cpu, deploy].', {
          most: MOST_TAGS,
          ...RAW,
        })
      );
    }
    return tags.slice(0, MOST_TAGS);
  }

  private checkBaseline(baseline: string | undefined) {
    if (baseline !== undefined && baseline !== PREVIOUS_VERSION && baselineOffset(baseline) === undefined) {
      this.fault(
        this.values.get('baseline'),
        t('app.runbooks.fault.baseline', '“baseline” must be previous-version, or how long ago, such as 1h or 7d.')
      );
    }
  }

  private fault(pair: Pair | undefined, message: string) {
    const node = pair?.key as { range?: [number, number, number] } | undefined;
    this.faults.push({ line: this.lineAt(node?.range?.[0]), message });
  }
}

const MILLISECONDS = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** How far back a baseline such as '1h' is, in milliseconds; undefined for another text. */
export function baselineOffset(baseline: string): number | undefined {
  const [, count, unit] = /^([1-9]\d{0,3})([mhdw])$/.exec(baseline) ?? [];
  return count === undefined ? undefined : Number(count) * MILLISECONDS[unit as keyof typeof MILLISECONDS];
}
