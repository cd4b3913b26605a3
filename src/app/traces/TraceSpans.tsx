import React, { useCallback, useMemo } from 'react';
import { map } from 'rxjs';

import { formattedValueToString, getValueFormat, locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import {
  Alert,
  type Column,
  InteractiveTable,
  LinkButton,
  LoadingPlaceholder,
  Stack,
  Text,
  TextLink,
} from '@grafana/ui';

import type { Span } from '../../datasource/resources/span';
import { useAnswer } from '../../datasource/resources/useAnswer';
import { inOrder, profiledAncestor, type SpanOfTrace } from '../../links/profiledAncestor';
import { PROFILE_ID_TAG, type ProfiledSpan, type ProfilesOfSpans, traceProfileUrl } from '../../links/spanProfile';
import { traceUrl } from '../../links/traceUrl';
import { QueryFailure } from '../screen/QueryFailure';

import { fetchTempo } from './fetchTempo';
import { SpanProfileLinks } from './SpanProfileLinks';
import { spansOfTrace, type TempoTrace } from './tempoTrace';

interface Props {
  traceId: string;
  traces: { uid: string; url?: string };
  where: ProfilesOfSpans;
  range: Span;
}

/** A span of the list, with the one that holds its samples. */
export interface ListedSpan {
  span: SpanOfTrace;
  depth: number;
  holder?: SpanOfTrace & ProfiledSpan;
}

/** A trace has up to tens of thousands of spans; a table draws all rows of a page. */
const PAGE_SIZE = 50;

/** The spans of one trace, each with the profile that its samples are in: its own, or that of the nearest span above. */
export function TraceSpans({ traceId, traces, where, range }: Props) {
  const ask = useCallback(
    () =>
      fetchTempo<TempoTrace>(traces.url ?? '', `/api/traces/${traceId}`).pipe(
        map((trace) => listedSpans(trace, traceId))
      ),
    [traces.url, traceId]
  );
  const { value: spans = [], loading, failure, retry } = useAnswer(traces.url ? ask : undefined);
  const columns = useMemo(() => columnsOf(where), [where]);
  if (failure !== undefined) {
    const title = t('app.traces.trace-failed', 'The trace could not be fetched');
    return <QueryFailure title={title} reason={failure} datasourceUid={traces.uid} onRetry={retry} />;
  }
  if (loading) {
    return <LoadingPlaceholder text={t('app.traces.fetching', 'Fetching the trace…')} />;
  }
  const profiled = spans.flatMap(({ span, holder }) => (holder?.spanId === span.spanId ? [holder] : []));
  return (
    <Stack direction="column" gap={2}>
      <Stack alignItems="center">
        <TextLink
          inline={false}
          href={locationUtil.assureBaseUrl(traceUrl(traces.uid, traceId, { from: range.start, to: range.end }))}
        >
          {t('app.traces.open-trace', 'This trace in Tempo')}
        </TextLink>
        {profiled.length > 0 && (
          <LinkButton size="sm" href={locationUtil.assureBaseUrl(traceProfileUrl(profiled, where))}>
            {t('app.extensions.trace', 'Profile of this trace')}
          </LinkButton>
        )}
      </Stack>
      {profiled.length === 0 && (
        <div>
          <Alert severity="info" title={t('app.traces.none-profiled', 'No span of this trace carries a profile id')}>
            {t(
              'app.traces.none-profiled-next',
              'Wrap the tracer provider of the service with the profiler’s; docs/traces.md says how in each language.'
            )}
          </Alert>
        </div>
      )}
      <InteractiveTable columns={columns} data={spans} getRowId={({ span }) => span.spanId} pageSize={PAGE_SIZE} />
    </Stack>
  );
}

/** Spans in the order of a trace view, with who holds their samples. */
function listedSpans(trace: TempoTrace, traceId: string): ListedSpan[] {
  const spans = spansOfTrace(trace);
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  return inOrder(spans).map(({ span, depth }) => {
    const holder = profiledAncestor(span, byId);
    return { span, depth, ...(holder && { holder: { ...holder, traceId, profileId: holder.tags[PROFILE_ID_TAG] } }) };
  });
}

function columnsOf(where: ProfilesOfSpans): Array<Column<ListedSpan>> {
  const duration = getValueFormat('ms');
  return [
    {
      id: 'name',
      header: t('app.traces.span', 'Span'),
      cell: ({ row: { original } }) => (
        <Text>
          {/* Deeper spans are not indented further: their names would leave the table. */}
          {'\u2003'.repeat(Math.min(original.depth, 12))}
          {original.span.name || original.span.spanId}
        </Text>
      ),
    },
    {
      id: 'service',
      header: t('app.traces.service', 'Service'),
      cell: ({ row: { original } }) => <>{original.span.tags['service.name']}</>,
    },
    {
      id: 'duration',
      header: t('app.traces.duration', 'Duration'),
      cell: ({ row: { original } }) => <>{formattedValueToString(duration(original.span.durationMs))}</>,
    },
    {
      id: 'profiles',
      header: t('app.traces.profiles', 'Profiles'),
      cell: ({ row: { original } }) => <SpanProfileLinks {...original} where={where} />,
    },
  ];
}
