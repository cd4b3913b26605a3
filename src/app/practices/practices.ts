import { t } from '@grafana/i18n';

import { readProfileType } from '../../datasource/profileTypes/profileType';
import { RAW } from '../../flamegraph/raw';
import type { OurRule } from '../alerting/ourRules';
import { type Gap, gapsOf } from '../coverage/gaps';
import type { Coverage, CoveredService } from '../coverage/readCoverage';
import type { LinkedScreen } from '../runbooks/page/RunbookContext';

/** A practice, and what the data say of it. */
export interface Practice {
  id: string;
  what: string;
  /** `unknown` where it could not be looked at, `people` where no data can tell. */
  state: 'kept' | 'missed' | 'unknown' | 'people';
  found: string;
  /** Where it is seen or changed. */
  screen?: LinkedScreen;
}

/** Something that was asked for: its answer, or why there is none. */
export type Fact<T> = { value: T } | { failure: string };

/** All that is known of how profiling is set up. */
export interface Facts {
  coverage: Fact<Coverage>;
  /** End of the range that the coverage is of. */
  end: number;
  /** Undefined in a Grafana without alerting. */
  rules: Fact<OurRule[] | undefined>;
  /** How many targets there are for captures. */
  targets: Fact<number>;
  /** Names of data sources of traces, and of those that lead to profiles here. */
  traces: { all: string[]; linked: string[] };
  /** Services that sent profiles eight days ago. */
  lastWeek: Fact<number>;
  /** When `flamewatch check` last left an annotation; undefined where there is none. */
  checkedAt: Fact<number | undefined>;
}

export function practicesOf(facts: Facts): Practice[] {
  const { coverage } = facts;
  const ofServices = 'value' in coverage ? servicePractices(coverage.value, facts.end) : [unseen(coverage.failure)];
  return [
    ...ofServices,
    tracesLead(facts.traces),
    ruleFor(
      facts.rules,
      'silent',
      t('app.practices.silent-rule', 'An alert rule for services that send nothing any more')
    ),
    ruleFor(facts.rules, 'regressions', t('app.practices.regression-rule', 'An alert rule for regressions')),
    pipelineChecks(facts.checkedAt),
    captureTargets(facts.targets),
    retention(facts.lastWeek),
    {
      id: 'daylight',
      what: t('app.practices.daylight', 'Everyone on call has opened a runbook once in daylight'),
      state: 'people',
      found: t('app.practices.ask-people', 'Nobody’s reading is recorded: ask them.'),
      screen: 'runbooks',
    },
  ];
}

function unseen(failure: string): Practice {
  return {
    id: 'coverage',
    what: t('app.practices.services', 'Services send what the app needs'),
    state: 'unknown',
    found: failure,
    screen: 'coverage',
  };
}

function servicePractices(coverage: Coverage, end: number): Practice[] {
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

function tracesLead({ all, linked }: Facts['traces']): Practice {
  const id = 'traces';
  const what = t('app.practices.traces', 'Spans lead to their profiles');
  if (all.length === 0) {
    return {
      id,
      what,
      state: 'people',
      found: t('app.practices.no-traces', 'There is no data source for traces (Tempo) here.'),
      screen: 'traces',
    };
  }
  return linked.length > 0
    ? {
        id,
        what,
        state: 'kept',
        found: t(
          'app.practices.traces-linked',
          '{{names}} leads here. Whether the spans carry ids of profiles, the screen Traces checks.',
          { names: linked.join(', '), ...RAW }
        ),
        screen: 'traces',
      }
    : {
        id,
        what,
        state: 'missed',
        found: t('app.practices.traces-unlinked', '{{names}} does not lead to this data source.', {
          names: all.join(', '),
          ...RAW,
        }),
        screen: 'traces',
      };
}

function ruleFor(rules: Facts['rules'], queryType: string, what: string): Practice {
  const row = { id: `rule-${queryType}`, what, screen: 'alerts' } as const;
  if ('failure' in rules) {
    return { ...row, state: 'unknown', found: rules.failure };
  }
  if (!rules.value) {
    return { ...row, state: 'unknown', found: t('app.practices.no-alerting', 'This Grafana has no alerting.') };
  }
  const watching = rules.value.filter(({ queryTypes, state }) => queryTypes.includes(queryType) && state !== 'paused');
  const failing = watching.filter(({ state }) => state === 'error');
  if (watching.length === 0) {
    return { ...row, state: 'missed', found: t('app.practices.no-rule', 'No rule that runs looks for it.') };
  }
  const titles = (some: OurRule[]) => some.map(({ title }) => title).join(', ');
  return failing.length === watching.length
    ? {
        ...row,
        state: 'missed',
        found: t('app.practices.rule-fails', '{{names}} cannot be evaluated.', { names: titles(failing), ...RAW }),
      }
    : {
        ...row,
        state: 'kept',
        found: t('app.practices.rule-runs', 'Watched by {{names}}.', { names: titles(watching), ...RAW }),
      };
}

function pipelineChecks(checkedAt: Facts['checkedAt']): Practice {
  const row = {
    id: 'pipeline',
    what: t('app.practices.pipeline', '“flamewatch check” in the pipeline, so that a regression does not get that far'),
  };
  if ('failure' in checkedAt) {
    return { ...row, state: 'unknown', found: checkedAt.failure };
  }
  const { value } = checkedAt;
  return value === undefined
    ? {
        ...row,
        state: 'people',
        found: t(
          'app.practices.pipeline-unseen',
          'It left no annotation in the last 30 days. It leaves one only with --grafana, so this does not say that it does not run.'
        ),
      }
    : {
        ...row,
        state: 'kept',
        found: t('app.practices.pipeline-seen', 'It last left an annotation on {{when}}.', {
          when: new Date(value).toLocaleDateString(undefined, { dateStyle: 'medium' }),
          ...RAW,
        }),
      };
}

function captureTargets(targets: Facts['targets']): Practice {
  const row = {
    id: 'targets',
    what: t('app.practices.targets', 'Targets for captures, before they are needed'),
    screen: 'captures',
  } as const;
  if ('failure' in targets) {
    return { ...row, state: 'unknown', found: targets.failure };
  }
  return targets.value > 0
    ? {
        ...row,
        state: 'kept',
        found: t('app.practices.targets-there', 'Targets set up: {{n}}.', { n: targets.value }),
      }
    : {
        ...row,
        state: 'missed',
        found: t('app.practices.targets-none', 'None. An administrator adds them in the settings of the data source.'),
      };
}

function retention(lastWeek: Facts['lastWeek']): Practice {
  const row = {
    id: 'retention',
    what: t('app.practices.retention', 'Retention that covers “the same hour of last week”: eight days or more'),
  };
  if ('failure' in lastWeek) {
    return { ...row, state: 'unknown', found: lastWeek.failure };
  }
  return lastWeek.value > 0
    ? {
        ...row,
        state: 'kept',
        found: t('app.practices.retention-there', 'Services whose profiles of eight days ago are there: {{n}}.', {
          n: lastWeek.value,
        }),
      }
    : {
        ...row,
        state: 'missed',
        found: t(
          'app.practices.retention-none',
          'There are no profiles of eight days ago: retention is shorter, or profiling is younger than that.'
        ),
      };
}
