import { t } from '@grafana/i18n';

import type { Fault } from './fault';
import { type FrontMatter, readFrontMatter } from './frontMatter';
import { kindWritten, type LiveBlock, readBlock } from './liveBlock';
import { type MarkdownNode, readMarkdown } from './markdown';

/** Bytes of one runbook at most: what can be read in an incident. */
export const LONGEST_RUNBOOK = 32 * 1024;
/** Live blocks of one runbook at most: each asks the server. */
export const MOST_BLOCKS = 16;

/** A stretch of a runbook's text: Markdown, or a block that is filled with what the server knows. */
export type RunbookPart =
  | { kind: 'text'; nodes: MarkdownNode[] }
  | { kind: 'live'; block: LiveBlock; line: number }
  | { kind: 'broken'; faults: Fault[] };

export interface Runbook extends FrontMatter {
  slug: string;
  parts: RunbookPart[];
  /** What is wrong with the front matter and with blocks, by line. The rest of the text is shown all the same. */
  faults: Fault[];
}

/** Reads a runbook's text. Never throws: what cannot be read is among the faults. */
export function readRunbook(slug: string, text: string): Runbook {
  if (new Blob([text]).size > LONGEST_RUNBOOK) {
    const message = t('app.runbooks.fault.too-long', 'The runbook is longer than {{kib}} KiB.', {
      kib: LONGEST_RUNBOOK / 1024,
    });
    return { ...readFrontMatter('').frontMatter, slug, parts: [], faults: [{ line: 1, message }] };
  }
  const { frontMatter, body, bodyLine, faults } = readFrontMatter(text);
  const parts = partsOf(readMarkdown(body).children, bodyLine);
  const broken = parts.flatMap((part) => (part.kind === 'broken' ? part.faults : []));
  return { ...frontMatter, slug, parts, faults: [...faults, ...broken] };
}

function partsOf(nodes: readonly MarkdownNode[], bodyLine: number): RunbookPart[] {
  const parts: RunbookPart[] = [];
  let blocks = 0;
  for (const node of nodes) {
    const written = node.type === 'fence' ? kindWritten(node.info) : undefined;
    const last = parts[parts.length - 1];
    if (written !== undefined) {
      blocks++;
      const line = bodyLine + node.line;
      parts.push(blocks > MOST_BLOCKS ? tooMany(line) : partOf(written, node.text, line));
    } else if (last?.kind === 'text') {
      last.nodes.push(node);
    } else {
      parts.push({ kind: 'text', nodes: [node] });
    }
  }
  return parts;
}

function partOf(written: string, yaml: string, line: number): RunbookPart {
  const read = readBlock(written, yaml, line);
  return 'block' in read ? { kind: 'live', block: read.block, line } : { kind: 'broken', faults: read.faults };
}

function tooMany(line: number): RunbookPart {
  const message = t('app.runbooks.fault.too-many-blocks', 'A runbook has at most {{most}} live blocks.', {
    most: MOST_BLOCKS,
  });
  return { kind: 'broken', faults: [{ line, message }] };
}
