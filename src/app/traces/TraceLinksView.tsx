import React from 'react';

import { t } from '@grafana/i18n';
import { config } from '@grafana/runtime';
import { sceneGraph, type SceneComponentProps } from '@grafana/scenes';
import { Alert, Field, Input, LoadingPlaceholder, Stack } from '@grafana/ui';

import { spanOf } from '../../datasource/resources/span';
import { tracesToProfilesOf } from '../extensions/profiledTrace';
import { useDiscovery } from '../resources/useDiscovery';
import { useDatasourceUid } from '../screen/datasourceOf';
import { NoDatasource } from '../screen/NoDatasource';
import { QueryFailure } from '../screen/QueryFailure';

import { CheckList } from './CheckList';
import { labelsCheck, rulesOf, samplesCheck, settingsCheck, spansCheck } from './linkChecks';
import { SpanTable } from './SpanTable';
import { TempoYaml } from './TempoYaml';
import type { TraceLinks } from './TraceLinks';
import { TRACES_VARIABLE } from './tracesVariable';
import { useLinkFindings } from './useLinkChecks';

const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';

/** The way from a span to its profile, step by step: what works, what does not, and what to change. */
export function TraceLinksView({ model }: SceneComponentProps<TraceLinks>) {
  const { service } = model.useState();
  const profilesUid = useDatasourceUid(model);
  const picked = sceneGraph.lookupVariable(TRACES_VARIABLE, model);
  picked?.useState();
  const { value: range } = sceneGraph.getTimeRange(model).useState();
  const tracesUid = picked?.getValue();
  const traces = Object.values(config.datasources).find(({ uid }) => uid === tracesUid);
  const settings = tracesToProfilesOf(traces?.jsonData);
  const rules = rulesOf(settings);
  const profileTypeId = settings?.profileTypeId || CPU;
  const where = { datasourceUid: profilesUid, profileTypeId, rules };
  const { value, loading, failure, retry } = useLinkFindings(
    { tracesUrl: traces?.url, profilesUid, profileTypeId, rules, range: spanOf(range), service },
    useDiscovery(profilesUid)
  );
  if (profilesUid === '') {
    return <NoDatasource />;
  }
  const checks = value && [
    settingsCheck(settings, profilesUid),
    spansCheck(value.spans),
    labelsCheck(value.groups, value.matching, rules),
    samplesCheck(value.shows, value.hasSamples),
  ];
  return (
    <Stack direction="column" gap={3}>
      {traces ? (
        <>
          <Field
            noMargin
            label={t('app.traces.service', 'Service')}
            description={t('app.traces.service-for', 'Only spans of this service; of all if empty.')}
          >
            <Input
              width={40}
              defaultValue={service}
              onBlur={({ currentTarget }) => model.narrow(currentTarget.value.trim())}
              onKeyDown={({ key, currentTarget }) => key === 'Enter' && model.narrow(currentTarget.value.trim())}
            />
          </Field>
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
            <SpanTable spans={value.spans} where={where} tracesUid={traces.uid} range={spanOf(range)} />
          )}
        </>
      ) : (
        <div>
          {/* An alert would fill the height of a column by itself. */}
          <Alert severity="info" title={t('app.traces.no-tempo', 'There is no Tempo data source to look at')}>
            {t('app.traces.no-tempo-next', 'Add one with the file below, or under Connections, and come back.')}
          </Alert>
        </div>
      )}
      <TempoYaml traces={traces} profilesUid={profilesUid} profileTypeId={profileTypeId} rules={rules} />
    </Stack>
  );
}
