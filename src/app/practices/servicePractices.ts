import { t } from '@grafana/i18n';

import { readProfileType } from '../../datasource/profileTypes/profileType';
import { RAW } from '../../flamegraph/raw';
import { type Gap, gapsOf } from '../coverage/gaps';
import type { Coverage, CoveredService } from '../coverage/readCoverage';

import type { Practice } from './practice';

export function unseen(failure: string): Practice {
  return {
    id: 'coverage',
    what: t('app.practices.services', 'Services send what the app needs'),
    state: 'unknown',
    found: failure,
    screen: 'coverage',
  };
}

export function servicePractices(coverage: Coverage, end: number): Practice[] {
  const { services } = coverage;
  if (services.length === 0) {
    return [unseen(t('app.practices.no-services', 'No service sent profiles in this time.'))];
  }
  const gaps = services.map((service) => ({ name: service.name, gaps: gapsOf(service, coverage, end) }));
  const without = (...kinds: Array<Gap['kind']>) =>
    gaps.filter((one) => one.gaps.some(({ kind }) => kinds.includes(kind))).map(({ name }) => name);
  const row = (id: string, what: string, lacking: string[]): Practice => ({
    id,
    what,
    state: lacking.length === 0 ? 'kept' : 'missed',
    found: spread(lacking, services.length),
    screen: 'coverage',
  });
  const sends = (...words: string[]) => services.filter((service) => !sendsAny(service, words)).map(({ name }) => name);
  return [
    row('cpu', t('app.practices.cpu', 'Every service sends CPU profiles'), sends('cpu', 'wall')),
    row('silence', t('app.practices.silence', 'None has gone silent'), without('silent')),
    row(
      'labels',
      t('app.practices.labels', 'Each profile carries version, pod and namespace'),
      without('version', 'instance', 'namespace')
    ),
    row(
      'values',
      t('app.practices.values', 'Labels hold no ids and few values: routes, not addresses; tiers, not tenants'),
      without('ids', 'many')
    ),
    row(
      'totals',
      t('app.practices.totals', 'No totals since the start are pulled: delta endpoints in their place'),
      without('cumulative')
    ),
    ...[
      { id: 'memory', what: t('app.practices.memory', 'Memory profiles'), lacking: sends('memory', 'alloc', 'heap') },
      {
        id: 'waiting',
        what: t('app.practices.waiting', 'Lock, block or goroutine profiles'),
        lacking: sends('mutex', 'block', 'lock', 'goroutine'),
      },
    ].map(({ id, what, lacking }): Practice => {
      const found = spread(lacking, services.length);
      // That some do without is a decision; that all do is none.
      const state = lacking.length === 0 ? 'kept' : lacking.length === services.length ? 'missed' : 'people';
      const isChoice = state === 'people';
      return {
        id,
        what: t('app.practices.that-matter', '{{what}} of the services that matter', { what, ...RAW }),
        state,
        found: isChoice
          ? `${found} ${t('app.practices.which-matter', 'Which of them matter, only you can say.')}`
          : found,
        screen: 'coverage',
      };
    }),
  ];
}

function sendsAny({ types }: CoveredService, words: string[]): boolean {
  return types.some(({ id }) => {
    const { name, sampleType } = readProfileType(id);
    return words.some((word) => name.includes(word) || sampleType.includes(word));
  });
}

const NAMED = 5;

/** Which services lack something, in words. */
function spread(lacking: string[], all: number): string {
  if (lacking.length === 0) {
    return t('app.practices.all', 'So it is with all {{count}} services.', { count: all });
  }
  const names = lacking.slice(0, NAMED).join(', ') + (lacking.length > NAMED ? ', …' : '');
  return t('app.practices.not', 'Not so with {{lacking}} of {{all}} services: {{names}}.', {
    lacking: lacking.length,
    all,
    names,
    ...RAW,
  });
}
