import React, { useId, useState } from 'react';

import { t } from '@grafana/i18n';
import { config } from '@grafana/runtime';
import { sceneGraph, type SceneComponentProps } from '@grafana/scenes';
import { Alert, Field, Input, Stack } from '@grafana/ui';

import { spanOf } from '../../datasource/resources/span';
import { tracesToProfilesOf } from '../extensions/profiledTrace';
import { useDatasourceUid } from '../screen/datasourceOf';
import { NoDatasource } from '../screen/NoDatasource';

import { rulesOf } from './linkChecks';
import { ProfiledSpans } from './ProfiledSpans';
import { ServiceField } from './ServiceField';
import { TempoYaml } from './TempoYaml';
import { traceIdOf } from './tempoTrace';
import type { TraceLinks } from './TraceLinks';
import { TraceSpans } from './TraceSpans';
import { TRACES_VARIABLE } from './tracesVariable';

const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';

/** The way from a span to its profile, step by step: what works, what does not, and what to change. */
export function TraceLinksView({ model }: SceneComponentProps<TraceLinks>) {
  const { service, trace } = model.useState();
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
  if (profilesUid === '') {
    return <NoDatasource />;
  }
  const traceId = traceIdOf(trace);
  const isNoId = trace !== '' && traceId === undefined;
  return (
    <Stack direction="column" gap={3}>
      {traces ? (
        <>
          <Stack gap={2} wrap="wrap">
            <ServiceField service={service} profilesUid={profilesUid} range={range} onChange={model.narrow} />
            <WrittenField
              label={t('app.traces.trace-id', 'Trace')}
              description={t('app.traces.trace-id-for', 'All spans of this trace, by its id, in place of the slowest.')}
              error={
                isNoId ? t('app.traces.no-trace-id', 'An id of a trace is up to 32 hexadecimal digits.') : undefined
              }
              value={trace}
              onWritten={model.look}
            />
          </Stack>
          {traceId === undefined ? (
            <ProfiledSpans {...{ traces, settings, where, service }} range={spanOf(range)} />
          ) : (
            <TraceSpans {...{ traceId, traces, where }} range={spanOf(range)} />
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

interface WrittenFieldProps {
  label: string;
  description: string;
  error?: string;
  value: string;
  onWritten: (text: string) => void;
}

/** A text that counts once it is written. */
function WrittenField({ label, description, error, value, onWritten }: WrittenFieldProps) {
  const id = useId();
  const [draft, setDraft] = useState({ of: value, text: value });
  // A value that comes from elsewhere, such as a link, replaces what was being written.
  const text = draft.of === value ? draft.text : value;
  return (
    <Field noMargin htmlFor={id} label={label} description={description} error={error} invalid={error !== undefined}>
      <Input
        id={id}
        width={40}
        value={text}
        onChange={({ currentTarget }) => setDraft({ of: value, text: currentTarget.value })}
        onBlur={() => onWritten(text.trim())}
        onKeyDown={({ key }) => key === 'Enter' && onWritten(text.trim())}
      />
    </Field>
  );
}
