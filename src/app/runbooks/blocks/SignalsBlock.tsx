import React from 'react';

import { type DataSourceInstanceSettings, locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { config, getDataSourceSrv } from '@grafana/runtime';
import { LinkButton, Stack } from '@grafana/ui';

import { RAW } from '../../../flamegraph/raw';
import type { LiveBlock } from '../model/liveBlock';
import { fillQuery } from '../model/placeholders';
import { useRunbookContext } from '../page/RunbookContext';

import { BlockFrame } from './BlockFrame';
import { BlockProblem } from './BlockProblem';
import { defaultQueryOf, exploreQueryUrl, type Signal } from './exploreQueryUrl';
import type { Evidence } from './question';

interface Props {
  block: LiveBlock;
  signal: Signal;
  evidence: Evidence | undefined;
}

/** Links to the traces or logs of the service in the incident's range, one a data source. */
export function SignalsBlock({ block, signal, evidence }: Props) {
  const { values } = useRunbookContext();
  const sources = sourcesOf(signal, block.datasource);
  const title =
    block.title ??
    (signal === 'traces'
      ? t('app.runbooks.signals.traces', 'Traces of the incident')
      : t('app.runbooks.signals.logs', 'Logs of the incident'));
  if (!evidence) {
    return <NeedsService title={title} />;
  }
  if (sources.length === 0 || !config.exploreEnabled) {
    return <BlockProblem severity="info" title={title} problems={[whyNone(signal, block.datasource)]} />;
  }
  return (
    <BlockFrame title={title}>
      <Stack wrap="wrap">
        {sources.map((source) => {
          const query = block.query ?? defaultQueryOf(source.type);
          const filled = query === undefined ? undefined : fillQuery(query, values);
          return (
            <LinkButton
              key={source.uid}
              variant="secondary"
              icon={signal === 'traces' ? 'code-branch' : 'document-info'}
              href={locationUtil.assureBaseUrl(exploreQueryUrl(source, filled, evidence.range))}
            >
              {t('app.runbooks.signals.open', 'Open in {{name}}', { name: source.name, ...RAW })}
            </LinkButton>
          );
        })}
      </Stack>
    </BlockFrame>
  );
}

export function NeedsService({ title }: { title: string }) {
  return (
    <BlockProblem
      severity="info"
      title={title}
      problems={[t('app.runbooks.needs-service', 'Choose the service that this is about, above.')]}
    />
  );
}

/** Data sources in which each signal is kept; others with logs (of metrics, of annotations) hold none of a service. */
const TYPES: Record<Signal, string[]> = {
  traces: ['tempo', 'jaeger', 'zipkin'],
  logs: ['loki', 'elasticsearch', 'grafana-opensearch-datasource', 'victoriametrics-logs-datasource'],
};

const MOST = 4;

function sourcesOf(signal: Signal, uid: string | undefined): DataSourceInstanceSettings[] {
  const all = getDataSourceSrv().getList(uid === undefined ? {} : { all: true });
  return all
    .filter((source) => (uid === undefined ? TYPES[signal].includes(source.type) : source.uid === uid))
    .slice(0, MOST);
}

function whyNone(signal: Signal, uid: string | undefined): string {
  if (uid !== undefined) {
    return t('app.runbooks.signals.no-such', 'There is no data source with the uid {{uid}} that you may use.', {
      uid,
      ...RAW,
    });
  }
  return signal === 'traces'
    ? t('app.runbooks.signals.no-traces', 'There is no data source for traces (Tempo, Jaeger, Zipkin) to look into.')
    : t('app.runbooks.signals.no-logs', 'There is no data source for logs (Loki, Elasticsearch) to look into.');
}
