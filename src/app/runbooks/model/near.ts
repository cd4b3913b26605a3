import type { Runbook } from './runbook';

/** Runbooks that an address which is none may have meant: those that share its words or most of its letters. */
export function nearRunbooks(slug: string, runbooks: readonly Runbook[]): Runbook[] {
  const wanted = slug.toLowerCase().slice(0, LONGEST);
  const words = new Set(wanted.split(/[^a-z0-9]+/).filter((word) => word.length > 1));
  return runbooks
    .map((runbook) => ({ runbook, score: likeness(wanted, words, runbook) }))
    .filter(({ score }) => score >= LEAST)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST)
    .map(({ runbook }) => runbook);
}

const LONGEST = 100;
const MOST = 5;
const LEAST = 0.3;

/** Of the words that the address has, how many the runbook's address, title and tags have; or of its pairs of letters. */
function likeness(wanted: string, words: ReadonlySet<string>, { slug, title, tags }: Runbook): number {
  const known = new Set([slug, title, ...tags].flatMap((text) => text.toLowerCase().split(/[^a-z0-9]+/)));
  const shared = [...words].filter((word) => known.has(word)).length;
  return Math.max(words.size === 0 ? 0 : shared / words.size, sharedPairs(wanted, slug));
}

/** Dice's coefficient of the pairs of letters of two texts. */
function sharedPairs(a: string, b: string): number {
  const [ofA, ofB] = [pairsOf(a), pairsOf(b)];
  const shared = [...ofA].filter((pair) => ofB.has(pair)).length;
  return ofA.size + ofB.size === 0 ? 0 : (2 * shared) / (ofA.size + ofB.size);
}

function pairsOf(text: string): Set<string> {
  return new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2)));
}
