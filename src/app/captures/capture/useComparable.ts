import { useCallback, useMemo } from 'react';
import { EMPTY, map } from 'rxjs';

import { dateTimeFormat } from '@grafana/data';
import { t } from '@grafana/i18n';

import { useAnswer } from '../../../datasource/resources/useAnswer';
import { useServiceDirectory } from '../../resources/useServiceDirectory';

import { type ComparableProfile } from './capturedProfile';
import { keptAsProfile, type KeptCapture, storedProfile } from './storedProfile';

/** How far back the continuous profile of a service is taken for a comparison. */
const BACK = 30 * 60_000;

/** The continuous profile of a service, of the half hour before a time; undefined while and where there is none. */
export function useContinuous(datasourceUid: string, service: string, at: number): ComparableProfile | undefined {
  const directory = useServiceDirectory(datasourceUid);
  const ask = useCallback(
    () =>
      at === 0
        ? EMPTY
        : directory
            .services({ start: at - BACK, end: at })
            .pipe(map(({ services }) => services.find(({ name }) => name === service)?.profileTypes)),
    [directory, service, at]
  );
  const { value: types } = useAnswer(ask);
  return useMemo(
    () =>
      types && types.length > 0
        ? storedProfile({
            id: `continuous ${service} ${at}`,
            title: t('app.captures.continuous', 'Continuous profile of {{service}}, 30 min before', {
              service,
              interpolation: { escapeValue: false },
            }),
            datasourceUid,
            types,
            selector: `{service_name=${JSON.stringify(service)}}`,
            span: { start: at - BACK, end: at },
          })
        : undefined,
    [types, service, at, datasourceUid]
  );
}

/** What a kept capture is called. */
export function keptTitle({ labels, at, types }: KeptCapture): string {
  const [name = ''] = types[0]?.split(':') ?? [];
  return [labels.service_name, name, at > 0 ? dateTimeFormat(at) : ''].filter(Boolean).join(' · ');
}

export function useKeptProfiles(kept: readonly KeptCapture[], datasourceUid: string): ComparableProfile[] {
  return useMemo(
    () => kept.filter(({ types }) => types.length > 0).map((one) => keptAsProfile(one, keptTitle(one), datasourceUid)),
    [kept, datasourceUid]
  );
}
