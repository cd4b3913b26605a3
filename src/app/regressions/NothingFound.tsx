import React from 'react';

import { Trans, t } from '@grafana/i18n';
import { Button, EmptyState, Stack } from '@grafana/ui';

import { RAW } from '../../flamegraph/raw';
import { formatShare } from '../services/formatCost';

import type { ServiceFindings } from './findings';
import type { FindingsAnswer } from './findingsAnswer';
import type { RegressionsOverview } from './RegressionsOverview';

interface Props {
  model: RegressionsOverview;
  answer: FindingsAnswer;
}

/** Nothing is listed: because the list is narrowed, because there was too little data, or because nothing changed. */
export function NothingFound({ model, answer }: Props) {
  const { shown, status, search, muted } = model.useState();
  const { services } = answer;
  const hidden = services.reduce((sum, { findings }) => sum + findings.length, 0);
  if (hidden > 0) {
    const isNarrowed = status !== undefined || search !== '' || !muted;
    return (
      <EmptyState
        variant="not-found"
        hideImage
        message={t('app.regressions.none-listed', 'No finding fits; {{count}} are not listed', { count: hidden })}
        button={
          <Button
            variant="secondary"
            onClick={() =>
              model.look({ status: undefined, search: '', muted: true, shown: isNarrowed ? shown : 'all' })
            }
          >
            {isNarrowed
              ? t('app.regressions.drop-filters', 'Remove the filters')
              : t('app.regressions.show-all', 'Show all changes')}
          </Button>
        }
      />
    );
  }
  const insufficient = services.filter((of) => of.insufficient !== undefined);
  const faults = services.filter((of) => of.fault !== undefined);
  // No service at all is no sign of health either.
  const isUnknown = insufficient.length + faults.length === services.length;
  return (
    <EmptyState
      variant={isUnknown ? 'not-found' : 'completed'}
      hideImage
      message={
        isUnknown
          ? t('app.regressions.unknown', 'It cannot be told whether anything costs more')
          : t('app.regressions.none', 'Nothing costs more than before')
      }
    >
      <Stack direction="column" gap={1}>
        {services.length === 0 ? (
          <Trans i18nKey="app.regressions.no-services">
            No service sent profiles of this type in the range, as far as late ones cannot arrive any more. Choose a
            longer range; of a service that has just begun there is something to tell in a few minutes.
          </Trans>
        ) : isUnknown ? (
          <Trans i18nKey="app.regressions.unknown-text">
            There were too few profiles, or none in one of the windows. Choose a longer range, another baseline, or
            lower thresholds.
          </Trans>
        ) : (
          <Trans i18nKey="app.regressions.none-text">
            No function grew beyond the thresholds and beyond chance. What was looked at and why it is no finding is
            below.
          </Trans>
        )}
        {insufficient.slice(0, SHOWN).map((of) => (
          <span key={of.service + of.profileTypeId}>{insufficientText(of)}</span>
        ))}
        {faults.slice(0, SHOWN).map(({ service, profileTypeId, fault }) => (
          <span key={service + profileTypeId}>
            {t('app.regressions.fault', '{{service}}: {{fault}}', { service, fault, ...RAW })}
          </span>
        ))}
      </Stack>
    </EmptyState>
  );
}

/** Reasons beyond these are in the list below. */
const SHOWN = 5;

/** How little there was, and what could have been seen by it. */
export function insufficientText({
  service,
  insufficient,
  baselineSamples,
  comparisonSamples,
}: ServiceFindings): string {
  const { share = 0, smallestChange = 0 } = insufficient ?? {};
  return smallestChange > 0
    ? t(
        'app.regressions.insufficient',
        '{{service}}: too little data ({{before}} samples before, {{now}} now). A function with {{share}} of the profile must have gained {{change}} to be seen.',
        {
          service,
          before: Math.round(baselineSamples),
          now: Math.round(comparisonSamples),
          share: formatShare(share),
          change: formatShare(smallestChange),
          ...RAW,
        }
      )
    : t('app.regressions.insufficient-plain', '{{service}}: {{sentence}}', {
        service,
        sentence: insufficient?.sentence,
        ...RAW,
      });
}
