import { css } from '@emotion/css';
import React, { useState } from 'react';
import { useAsync } from 'react-use';

import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { getBackendSrv, getDataSourceSrv } from '@grafana/runtime';
import { Alert, Button, EmptyState, LinkButton, LoadingPlaceholder, Stack, Text, useStyles2 } from '@grafana/ui';

import { spanAgainstNormalUrl, spanProfileUrl } from '../../../src/links/spanProfile';

import { type HeldSpan, PROFILES_OF_THE_DEMO, profiledSpan, SHOWN_SPANS } from './heldSpan';

/** Uid of the datasource in which the profiles of the demo are. */
function profilesUid(): string | undefined {
  return getDataSourceSrv().getList({ pluginId: 'flamewatch-profiles-datasource' })[0]?.uid;
}

function SpanRow({ span, datasourceUid }: { span: HeldSpan; datasourceUid?: string }) {
  const where = datasourceUid && { ...PROFILES_OF_THE_DEMO, datasourceUid };
  return (
    <tr>
      <td>{span.name}</td>
      <td>{span.tags['service.name']}</td>
      <td>{span.tags['service.version']}</td>
      <td>{dateTimeFormat(span.startMs, { format: 'HH:mm:ss.SSS' })}</td>
      <td>{`${span.durationMs.toFixed(1)} ms`}</td>
      <td>
        {where && (
          <Stack>
            <LinkButton size="sm" variant="secondary" icon="gf-grid" href={spanProfileUrl([profiledSpan(span)], where)}>
              Profiles for this span
            </LinkButton>
            <LinkButton
              size="sm"
              variant="secondary"
              fill="text"
              href={spanAgainstNormalUrl([profiledSpan(span)], where)}
            >
              Against the normal
            </LinkButton>
          </Stack>
        )}
      </td>
    </tr>
  );
}

/** The real spans that the demo made, slowest first: what a Tempo would show, each with the way to its profile. */
export function SpansPage() {
  const styles = useStyles2(getStyles);
  const [asked, setAsked] = useState(0);
  const { value, error, loading } = useAsync(
    (): Promise<{ spans: HeldSpan[] }> => getBackendSrv().get('/api/playground/spans'),
    [asked]
  );
  const refresh = (
    <Button icon="sync" variant="secondary" disabled={loading} onClick={() => setAsked(asked + 1)}>
      Refresh
    </Button>
  );
  if (error) {
    return <Alert severity="error" title="The spans cannot be read">{`${error.message} `}</Alert>;
  }
  if (!value) {
    return <LoadingPlaceholder text="Loading the spans…" />;
  }
  if (value.spans.length === 0) {
    return (
      <EmptyState variant="not-found" hideImage message="No spans have arrived yet" button={refresh}>
        The demo services send theirs every two seconds. A service of yours can send to this page too: OTLP over HTTP,
        at /v1/traces.
      </EmptyState>
    );
  }
  const datasourceUid = profilesUid();
  return (
    <Stack direction="column" gap={2}>
      <Stack justifyContent="space-between">
        <Text element="h1">Spans of the demo</Text>
        {refresh}
      </Stack>
      <Text color="secondary">
        {`The slowest ${Math.min(SHOWN_SPANS, value.spans.length)} of the ${value.spans.length} spans that are held here in the place of a Tempo. Each carries a profile id. A profile is uploaded up to ten seconds after its span.`}
      </Text>
      <table className={styles.table} aria-label="Spans">
        <thead>
          <tr>
            <th>Span</th>
            <th>Service</th>
            <th>Version</th>
            <th>Start</th>
            <th>Duration</th>
            <th>Profiles</th>
          </tr>
        </thead>
        <tbody>
          {value.spans.slice(0, SHOWN_SPANS).map((span) => (
            <SpanRow key={span.traceId + span.spanId} span={span} datasourceUid={datasourceUid} />
          ))}
        </tbody>
      </table>
    </Stack>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  table: css({
    width: '100%',
    'th, td': { padding: theme.spacing(0.5, 1), textAlign: 'left' },
    'tbody tr': { borderTop: `1px solid ${theme.colors.border.weak}` },
    fontVariantNumeric: 'tabular-nums',
  }),
});
