import { t } from '@grafana/i18n';

import { RAW } from '../../../flamegraph/raw';

import { readRunbook, type Runbook } from './runbook';

/** A runbook of the organisation's own, as the app's settings keep it. */
export interface OwnRunbook {
  /** Last part of the page's address. One of ours replaces that runbook. */
  slug: string;
  /** Front matter and Markdown. */
  markdown: string;
}

export type RunbookOrigin = 'shipped' | 'own' | 'override';

export interface LibraryEntry {
  origin: RunbookOrigin;
  text: string;
  runbook: Runbook;
}

export interface Library {
  /** Shipped ones first, in their order; own ones by title. */
  entries: LibraryEntry[];
  /** Why settings that name runbooks were not understood. */
  problems: string[];
}

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const LONGEST_SLUG = 60;

/** The shipped runbooks and those of the settings, which come from a form or from a file that anybody may have written. */
export function libraryOf(shipped: Readonly<Record<string, string>>, settings: unknown): Library {
  const { own, problems } = readOwn(settings);
  const shippedEntries = Object.entries(shipped).map(([slug, text]): LibraryEntry => {
    const replaced = own.get(slug);
    own.delete(slug);
    return replaced === undefined ? entryOf('shipped', slug, text) : entryOf('override', slug, replaced);
  });
  const ownEntries = [...own]
    .map(([slug, text]) => entryOf('own', slug, text))
    .sort((a, b) => a.runbook.title.localeCompare(b.runbook.title));
  return { entries: [...shippedEntries, ...ownEntries], problems };
}

function entryOf(origin: RunbookOrigin, slug: string, text: string): LibraryEntry {
  const runbook = readRunbook(slug, text);
  // A runbook whose front matter is broken is still found, by its address.
  return { origin, text, runbook: { ...runbook, title: runbook.title || slug } };
}

function readOwn(settings: unknown): { own: Map<string, string>; problems: string[] } {
  const own = new Map<string, string>();
  const problems: string[] = [];
  if (settings !== undefined && settings !== null && !Array.isArray(settings)) {
    problems.push(
      t('app.runbooks.settings.no-list', 'The app’s settings hold “runbooks” that are no list of slug and markdown.')
    );
  }
  (Array.isArray(settings) ? settings : []).forEach((entry: Partial<OwnRunbook> | null, at) => {
    const { slug, markdown } = entry ?? {};
    const number = at + 1;
    if (typeof slug !== 'string' || typeof markdown !== 'string' || slugFault(slug) !== undefined) {
      problems.push(
        t(
          'app.runbooks.settings.bad-entry',
          'Runbook {{number}} of the app’s settings is left out: it needs a slug of small letters, digits and dashes, and markdown.',
          { number }
        )
      );
    } else if (own.has(slug)) {
      const values = { number, slug, ...RAW };
      problems.push(
        t(
          'app.runbooks.settings.twice',
          'Runbook {{number}} of the app’s settings is left out: “{{slug}}” is there twice.',
          values
        )
      );
    } else {
      own.set(slug, markdown);
    }
  });
  return { own, problems };
}

/** Why a text cannot be a runbook's address. */
export function slugFault(slug: string): string | undefined {
  return SLUG.test(slug) && slug.length <= LONGEST_SLUG
    ? undefined
    : t(
        'app.runbooks.fault.slug',
        'Write at most {{most}} small letters, digits and single dashes, such as payments-queue.',
        {
          most: LONGEST_SLUG,
        }
      );
}
