import { locationUtil } from '@grafana/data';

import { isPathHere } from '../../links/pathHere';

/**
 * The address of a rule's runbook. Grafana fills templates in for each alert and not for a rule: externalURL is this
 * Grafana, and parameters that hold a template are dropped. Undefined where nothing to follow is left.
 */
export function plainLink(template: string | undefined): { href: string; isElsewhere: boolean } | undefined {
  const address = (template ?? '').replace(/^\{\{-?\s*externalURL\s*-?\}\}/, '/');
  const [path, query = ''] = address.split(/\?(.*)/s);
  if (path.includes('{{') || path.includes('}}') || !(/^https?:\/\//.test(path) || isPathHere(path))) {
    return undefined;
  }
  const kept = query.split('&').filter((part) => part !== '' && !part.includes('{{') && !part.includes('}}'));
  const link = kept.length === 0 ? path : `${path}?${kept.join('&')}`;
  const isElsewhere = !path.startsWith('/');
  return { href: isElsewhere ? link : locationUtil.assureBaseUrl(link), isElsewhere };
}
