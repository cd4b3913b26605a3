import React, { useMemo } from 'react';

import { dateTimeFormat, formattedValueToString, getValueFormat, locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { type Column, InteractiveTable, TextLink } from '@grafana/ui';

import type { Span } from '../../datasource/resources/span';
import { traceUrl } from '../../links/traceUrl';
import type { ProfilesOfSpans } from '../../links/spanProfile';

import { SpanProfileLinks } from './SpanProfileLinks';
import type { FoundSpan } from './tempoSearch';

interface Props {
  spans: FoundSpan[];
  where: ProfilesOfSpans;
  tracesUid: string;
  range: Span;
}

/** As many as can be looked through. */
const SHOWN = 100;

/** Spans that have a profile, slowest first, each with the ways to its profile and its trace. */
export function SpanTable({ spans, where, tracesUid, range }: Props) {
  const columns = useMemo(() => columnsOf(where, tracesUid, range), [where, tracesUid, range]);
  return (
    <InteractiveTable columns={columns} data={spans.slice(0, SHOWN)} getRowId={(span) => span.traceId + span.spanId} />
  );
}

function columnsOf(where: ProfilesOfSpans, tracesUid: string, { start, end }: Span): Array<Column<FoundSpan>> {
  const duration = getValueFormat('ms');
  return [
    {
      id: 'name',
      header: t('app.traces.span', 'Span'),
      cell: ({ row: { original: span } }) => (
        <TextLink
          inline={false}
          href={locationUtil.assureBaseUrl(traceUrl(tracesUid, span.traceId ?? '', { from: start, to: end }))}
        >
          {span.name || span.spanId}
        </TextLink>
      ),
    },
    {
      id: 'service',
      header: t('app.traces.service', 'Service'),
      cell: ({ row: { original: span } }) => <>{span.tags['service.name']}</>,
    },
    {
      id: 'startMs',
      header: t('app.traces.start', 'Start'),
      sortType: 'number',
      cell: ({ row: { original: span } }) => <>{dateTimeFormat(span.startMs, { defaultWithMS: true })}</>,
    },
    {
      id: 'durationMs',
      header: t('app.traces.duration', 'Duration'),
      sortType: 'number',
      cell: ({ row: { original: span } }) => <>{formattedValueToString(duration(span.durationMs))}</>,
    },
    {
      id: 'profiles',
      header: t('app.traces.profiles', 'Profiles'),
      cell: ({ row: { original: span } }) => <SpanProfileLinks span={span} holder={span} where={where} />,
    },
  ];
}
