import React from 'react';

import type { DataSourceInstanceSettings } from '@grafana/data';
import { t } from '@grafana/i18n';
import { LoadingPlaceholder } from '@grafana/ui';

import type { Span } from '../../datasource/resources/span';
import type { ProfilesOfSpans } from '../../links/spanProfile';
import type { TracesToProfiles } from '../extensions/profiledTrace';
import { useDiscovery } from '../resources/useDiscovery';
import { QueryFailure } from '../screen/QueryFailure';

import { CheckList } from './CheckList';
import { labelsCheck, rulesOf, samplesCheck, settingsCheck, spansCheck } from './linkChecks';
import { SpanTable } from './SpanTable';
import { useLinkFindings } from './useLinkChecks';

interface Props {
  traces: Pick<DataSourceInstanceSettings, 'uid' | 'url'>;
  settings: TracesToProfiles | undefined;
  where: ProfilesOfSpans & { profileTypeId: string };
  range: Span;
  /** Only spans of this service; of all if empty. */
  service: string;
}

/** What works of the way from spans to their profiles, and the slowest spans that have one. */
export function ProfiledSpans({ traces, settings, where, range, service }: Props) {
  const { datasourceUid: profilesUid, profileTypeId } = where;
  const rules = rulesOf(settings);
  const { value, loading, failure, retry } = useLinkFindings(
    { tracesUrl: traces.url, profilesUid, profileTypeId, rules, range, service },
    useDiscovery(profilesUid)
  );
  const checks = value && [
    settingsCheck(settings, profilesUid),
    spansCheck(value.spans),
    labelsCheck(value.groups, value.matching, rules),
    samplesCheck(value.shows, value.hasSamples),
  ];
  return (
    <>
      {failure !== undefined && (
        <QueryFailure
          title={t('app.traces.failed', 'Tempo could not be asked')}
          reason={failure}
          datasourceUid={traces.uid}
          onRetry={retry}
        />
      )}
      {loading && <LoadingPlaceholder text={t('app.traces.asking', 'Looking for spans…')} />}
      {checks && <CheckList checks={checks} />}
      {value && value.spans.length > 0 && (
        <SpanTable spans={value.spans} where={where} tracesUid={traces.uid} range={range} />
      )}
    </>
  );
}
