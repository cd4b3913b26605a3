import { type MarkdownNode, plainText } from '../model/markdown';
import type { RunbookPart } from '../model/runbook';

export interface Heading {
  id: string;
  text: string;
}

/** Address of a heading inside its page. */
export function headingId(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return `runbook-${words.join('-').slice(0, 80)}`;
}

/** The headings of the second level: a runbook's sections. */
export function sectionsOf(parts: readonly RunbookPart[]): Heading[] {
  const isSection = ({ type }: MarkdownNode) => type === 'h2';
  return parts
    .flatMap((part) => (part.kind === 'text' ? part.nodes.filter(isSection) : []))
    .map((node) => ({ id: headingId(plainText(node)), text: plainText(node) }));
}
