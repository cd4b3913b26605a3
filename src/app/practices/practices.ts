import { t } from '@grafana/i18n';

import { RAW } from '../../flamegraph/raw';
import type { OurRule } from '../alerting/ourRules';

import type { Facts, Practice } from './practice';
import { servicePractices, unseen } from './servicePractices';

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
