import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';

import { t } from '@grafana/i18n';

import { RAW } from '../../../flamegraph/raw';
import { mostSimilar } from '../../../flameql/syntax/hints';
import type { Normalisation } from '../../../links/linked';

import type { Fault } from './fault';

/** What a fenced block with the word `flamewatch` and one of these becomes on the page. */
const BLOCK_KINDS = [
  'series',
  'flamegraph',
  'diff',
  'functions',
  'findings',
  'traces',
  'logs',
  'captures',
  'health',
  'escalation',
  'practices',
] as const;
export type BlockKind = (typeof BLOCK_KINDS)[number];

/** Profiles that can be captured on demand; the screen of captures says which a target offers. */
const CAPTURE_TYPES = ['cpu', 'heap', 'allocs', 'goroutine', 'mutex', 'block', 'threadcreate', 'trace', 'jfr'] as const;
export type CaptureType = (typeof CAPTURE_TYPES)[number];

/** A block and what is written in it; what is absent is as the page's incident says, or as the block's kind does. */
export interface LiveBlock {
  kind: BlockKind;
  title?: string;
  /** Height in pixels. */
  height?: number;
  /** Profile type: a short name of FlameQL or a full id. */
  type?: string;
  /** Labels that split a series. */
  by?: string[];
  /** Only the incident's function: its own line of a series, or the stacks that it is in. */
  function?: boolean;
  /** A function's series as its share of the whole. */
  share?: boolean;
  /** A flame graph of the baseline in place of the incident. */
  of?: 'incident' | 'baseline';
  normalise?: Normalisation;
  /** Rows at most. */
  limit?: number;
  /** Query for traces or logs, in that data source's language. */
  query?: string;
  /** Uid of the data source for traces or logs. */
  datasource?: string;
  /** Profiles to capture. */
  profiles?: CaptureType[];
}

type Option = Exclude<keyof LiveBlock, 'kind'>;

interface Shape {
  /** Undefined for a value that is none. */
  read: (value: unknown) => unknown;
  /** What the value must be, in words. */
  expected: () => string;
}

const SERIES_LIKE: Option[] = ['title', 'height', 'type', 'function'];

const OPTIONS_OF: Record<BlockKind, Option[]> = {
  series: [...SERIES_LIKE, 'by', 'share'],
  flamegraph: [...SERIES_LIKE, 'of'],
  diff: [...SERIES_LIKE, 'normalise'],
  functions: ['title', 'type', 'limit'],
  findings: ['title', 'type', 'limit'],
  traces: ['title', 'query', 'datasource'],
  logs: ['title', 'query', 'datasource'],
  captures: ['title', 'profiles'],
  health: ['title'],
  escalation: ['title'],
  practices: ['title'],
};

const text = (most: number): Shape => ({
  read: (value) =>
    typeof value === 'string' && value.trim() !== '' && value.length <= most ? value.trim() : undefined,
  expected: () => t('app.runbooks.block.a-text', 'a text of 1 to {{most}} letters', { most }),
});

const count = (least: number, most: number): Shape => ({
  read: (value) => (Number.isInteger(value) && Number(value) >= least && Number(value) <= most ? value : undefined),
  expected: () => t('app.runbooks.block.a-number', 'a whole number from {{least}} to {{most}}', { least, most }),
});

const truth: Shape = {
  read: (value) => (typeof value === 'boolean' ? value : undefined),
  expected: () => t('app.runbooks.block.a-truth', 'true or false'),
};

const oneOf = (words: readonly string[]): Shape => ({
  read: (value) => words.find((word) => word === value),
  expected: () => t('app.runbooks.block.one-of', 'one of {{words}}', { words: words.join(', '), ...RAW }),
});

const listOf = (words: readonly string[] | undefined, most: number): Shape => ({
  read: (value) => {
    const items = Array.isArray(value) ? value : [value];
    const fits = (item: unknown) =>
      typeof item === 'string' && item !== '' && item.length <= 200 && (!words || words.includes(item));
    return items.length > 0 && items.length <= most && items.every(fits) ? items : undefined;
  },
  expected: () =>
    words
      ? t('app.runbooks.block.a-list-of', 'a list of {{words}}', { words: words.join(', '), ...RAW })
      : t('app.runbooks.block.a-list', 'a list of at most {{most}} texts, such as [pod]', { most, ...RAW }),
});

const SHAPES: Record<Option, Shape> = {
  title: text(120),
  height: count(120, 1200),
  type: text(200),
  by: listOf(undefined, 4),
  function: truth,
  share: truth,
  of: oneOf(['incident', 'baseline']),
  normalise: oneOf(['share', 'instance', 'rate', 'none']),
  limit: count(1, 50),
  query: text(1000),
  datasource: text(80),
  profiles: listOf(CAPTURE_TYPES, CAPTURE_TYPES.length),
};

export type ReadBlock = { block: LiveBlock } | { faults: Fault[] };

/** The first word of a fenced block's info string that makes it ours. */
const OURS = 'flamewatch';

/** The kind that a fenced block's info string names; undefined for a block that is none of ours. */
export function kindWritten(info: string | undefined): string | undefined {
  const [word, kind = ''] = (info ?? '').trim().split(/\s+/);
  return word?.toLowerCase() === OURS ? kind : undefined;
}

/**
 * Reads a live block: its kind and the YAML in it.
 *
 * @param line line of the runbook's text on which the block's fence stands, from 1
 */
export function readBlock(written: string, yaml: string, line: number): ReadBlock {
  const kind = BLOCK_KINDS.find((known) => known === written);
  if (!kind) {
    return { faults: [{ line, message: unknownKind(written) }] };
  }
  const counter = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: counter, prettyErrors: false });
  const lineAt = (offset = 0) => line + counter.linePos(offset).line;
  if (document.errors.length > 0) {
    return {
      faults: document.errors.map(({ pos, message }) => ({
        line: lineAt(pos[0]),
        message: t('app.runbooks.fault.yaml', 'This is no YAML: {{reason}}.', {
          reason: message.replace(/\.$/, ''),
          ...RAW,
        }),
      })),
    };
  }
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) {
    return { block: { kind } };
  }
  if (!isMap(contents)) {
    const message = t('app.runbooks.block.no-map', 'Write options and values here, such as height: 400.');
    return { faults: [{ line: line + 1, message }] };
  }
  const faults: Fault[] = [];
  const block: LiveBlock = { kind };
  for (const { key, value } of contents.items) {
    const name = isScalar(key) ? String(key.value) : '';
    const option = OPTIONS_OF[kind].find((known) => known === name);
    const at = lineAt((key as { range?: number[] } | null)?.range?.[0]);
    if (!option) {
      faults.push({ line: at, message: unknownOption(kind, name) });
      continue;
    }
    const { read, expected } = SHAPES[option];
    const found = read(plainValue(value));
    if (found === undefined) {
      const values = { option, expected: expected(), ...RAW };
      faults.push({
        line: at,
        message: t('app.runbooks.block.bad-value', '“{{option}}” must be {{expected}}.', values),
      });
    }
    Object.assign(block, { [option]: found });
  }
  return faults.length > 0 ? { faults } : { block };
}

/** A scalar's value, or those of a list; aliases are nothing. */
function plainValue(node: unknown): unknown {
  if (isSeq(node)) {
    return node.items.map((item) => (isScalar(item) ? item.value : undefined));
  }
  return isScalar(node) ? node.value : undefined;
}

function unknownKind(kind: string): string {
  const values = { kind, kinds: BLOCK_KINDS.join(', '), meant: mostSimilar(kind, BLOCK_KINDS), ...RAW };
  if (kind === '') {
    return t('app.runbooks.block.no-kind', 'Name the kind of block behind the word flamewatch: {{kinds}}.', values);
  }
  return values.meant === undefined
    ? t('app.runbooks.block.unknown-kind', 'There is no block “{{kind}}”. The kinds are {{kinds}}.', values)
    : t('app.runbooks.block.misspelt-kind', 'There is no block “{{kind}}”. Did you mean “{{meant}}”?', values);
}

function unknownOption(kind: BlockKind, option: string): string {
  const options = OPTIONS_OF[kind];
  const values = { kind, option, options: options.join(', '), meant: mostSimilar(option, options), ...RAW };
  return values.meant === undefined
    ? t(
        'app.runbooks.block.unknown-option',
        'A block “{{kind}}” has no option “{{option}}”. It has {{options}}.',
        values
      )
    : t(
        'app.runbooks.block.misspelt-option',
        'A block “{{kind}}” has no option “{{option}}”. Did you mean “{{meant}}”?',
        values
      );
}
