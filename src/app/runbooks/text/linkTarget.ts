import { locationUtil, textUtil } from '@grafana/data';

import { isPathHere } from '../../../links/pathHere';
import { LINKED_SCREENS, type RunbookContextValue } from '../page/RunbookContext';

export interface LinkTarget {
  href: string;
  /** Leaves Grafana: opens beside it. */
  external: boolean;
}

const PLACEHOLDER = /(?:\{|%7B){2}\s*([a-zA-Z]\w{0,40})\s*(?:\}|%7D){2}/gi;

/** Where a link of a runbook leads; undefined for what leads nowhere. Placeholders in it are filled in, escaped. */
export function linkTarget(
  written: string,
  { values, screenUrl, runbookUrl }: RunbookContextValue
): LinkTarget | undefined {
  const href = written.replace(PLACEHOLDER, (_, name: string) => encodeURIComponent(values[name] ?? ''));
  const [, scheme = '', rest = ''] = /^([a-z]+):(.*)$/i.exec(href) ?? [];
  switch (scheme.toLowerCase()) {
    case 'runbook':
      return inside(runbookUrl(rest));
    case 'app': {
      const screen = LINKED_SCREENS.find((known) => known === rest);
      return screen && inside(screenUrl(screen));
    }
    case 'http':
    case 'https':
    case 'mailto':
      return { href: textUtil.sanitizeUrl(href), external: true };
    default:
      return href.startsWith('#') ? { href, external: false } : isPathHere(href) ? inside(href) : undefined;
  }
}

function inside(path: string): LinkTarget {
  return { href: textUtil.sanitizeUrl(locationUtil.assureBaseUrl(path)), external: false };
}
