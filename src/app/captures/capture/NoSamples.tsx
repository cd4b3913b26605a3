import React from 'react';

import { Trans, t } from '@grafana/i18n';
import { Alert } from '@grafana/ui';

import { PROFILE_KINDS, type ProfileName } from './profileKinds';

interface Props {
  /** Of what was captured; undefined for a profile of the server. */
  name?: ProfileName;
  /** What was to be shown, as pprof calls it; undefined where nothing was sampled at all. */
  sampleType?: string;
}

/** A profile in which nothing was sampled, with what a program has to do for it. */
export function NoSamples({ name, sampleType = '' }: Props) {
  const storedAs = name && PROFILE_KINDS[name].storedAs;
  const isMemory = storedAs === 'memory' || /^(inuse|alloc)_/.test(sampleType);
  const isWaiting = storedAs === 'mutex' || storedAs === 'block' || /^(contentions|delay)$/.test(sampleType);
  return (
    <Alert severity="info" title={t('app.captures.no-samples', 'The profile has no samples of this type')}>
      {isMemory && (
        <Trans i18nKey="app.captures.no-memory-why">
          Go tells memory as it was when the garbage collector ran last, of one allocation in 512 KiB: a program that
          has just begun, or holds little, has nothing to tell. Take it again in a minute or two.
        </Trans>
      )}
      {isWaiting && (
        <Trans i18nKey="app.captures.no-samples-why">
          Mutex and block profiles are empty until the program calls runtime.SetMutexProfileFraction or
          runtime.SetBlockProfileRate; components of Kubernetes take --contention-profiling.
        </Trans>
      )}
    </Alert>
  );
}
