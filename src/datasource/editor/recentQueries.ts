const KEY = 'flamewatch.flameql.recent';
const MOST = 20;
/** Longer texts are not worth their place in the browser's storage. */
const LONGEST = 10_000;

/** The latest queries that were run as text in this browser, the last one first. Explore has a history of its own. */
export function recentQueries(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((text) => typeof text === 'string').slice(0, MOST) : [];
  } catch {
    return [];
  }
}

export function rememberQuery(text: string) {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > LONGEST) {
    return;
  }
  const kept = [trimmed, ...recentQueries().filter((other) => other !== trimmed)].slice(0, MOST);
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // A full or forbidden storage: there is no history then.
  }
}
