import { t } from '@grafana/i18n';

import type { BlockKind } from '../model/liveBlock';

/** What a kind of block shows, in words. */
export function kindTitle(kind: BlockKind): string {
  switch (kind) {
    case 'series':
      return t('app.runbooks.kind.series', 'Series');
    case 'flamegraph':
      return t('app.runbooks.kind.flamegraph', 'Flame graph');
    case 'diff':
      return t('app.runbooks.kind.diff', 'Flame graph of the difference');
    case 'functions':
      return t('app.runbooks.kind.functions', 'Costliest functions');
    case 'findings':
      return t('app.runbooks.kind.findings', 'Functions that cost more than before');
    case 'traces':
      return t('app.runbooks.kind.traces', 'Links to traces');
    case 'logs':
      return t('app.runbooks.kind.logs', 'Links to logs');
    case 'captures':
      return t('app.runbooks.kind.captures', 'Buttons that capture profiles');
    case 'health':
      return t('app.runbooks.kind.health', 'Health of the profile server');
    case 'escalation':
      return t('app.runbooks.kind.escalation', 'Who to call');
    case 'practices':
      return t('app.runbooks.kind.practices', 'Best practices, checked');
  }
}
