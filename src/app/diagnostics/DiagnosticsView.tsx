import { css } from '@emotion/css';
import React, { useCallback } from 'react';
import { map } from 'rxjs';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { config } from '@grafana/runtime';
import { type SceneComponentProps } from '@grafana/scenes';
import {
  Badge,
  Button,
  ClipboardButton,
  LinkButton,
  LoadingPlaceholder,
  Stack,
  Text,
  useStyles2,
  useTheme2,
} from '@grafana/ui';

import { useAnswer } from '../../datasource/resources/useAnswer';
import { fetchResourceOf } from '../resources/fetchResource';
import { useDatasourceUid } from '../screen/datasourceOf';
import { NoDatasource } from '../screen/NoDatasource';
import { QueryFailure } from '../screen/QueryFailure';
import { screenColumn } from '../screen/screenColumn';

import { bundle, type Diagnosis, type PageFacts, type ProbedCall, readDiagnosis } from './diagnosis';
import type { DiagnosticsScreen } from './diagnosticsPage';

/** The screen below its head. */
export function DiagnosticsView({ model }: SceneComponentProps<DiagnosticsScreen>) {
  const datasourceUid = useDatasourceUid(model);
  return datasourceUid === '' ? <NoDatasource /> : <Diagnosed datasourceUid={datasourceUid} />;
}

function Diagnosed({ datasourceUid }: { datasourceUid: string }) {
  const ask = useCallback(
    () => fetchResourceOf(datasourceUid)('diagnostics', {}).pipe(map(({ data }) => readDiagnosis(data))),
    [datasourceUid]
  );
  const { value, loading, failure, retry } = useAnswer(ask);
  if (failure !== undefined) {
    return (
      <QueryFailure
        title={t('app.diagnostics.failed', 'The diagnostics could not be made')}
        reason={failure}
        datasourceUid={datasourceUid}
        onRetry={retry}
      />
    );
  }
  if (value === undefined || loading) {
    return <LoadingPlaceholder text={t('app.diagnostics.loading', 'Trying the calls of the profile server…')} />;
  }
  return <Findings diagnosis={value} onRetry={retry} />;
}

function Findings({ diagnosis, onRetry }: { diagnosis: Diagnosis; onRetry: () => void }) {
  const styles = useStyles2(getStyles);
  const page = usePageFacts();
  const text = bundle(diagnosis, page);
  return (
    <div className={styles.screen}>
      <Stack wrap="wrap">
        <ClipboardButton icon="copy" getText={() => text}>
          {t('app.diagnostics.copy', 'Copy for a bug report')}
        </ClipboardButton>
        <LinkButton
          variant="secondary"
          icon="download-alt"
          href={`data:application/json;charset=utf-8,${encodeURIComponent(text)}`}
          download="flamewatch-diagnostics.json"
        >
          {t('app.diagnostics.download', 'Download')}
        </LinkButton>
        <Button variant="secondary" icon="sync" onClick={onRetry}>
          {t('app.diagnostics.again', 'Try the calls again')}
        </Button>
      </Stack>
      <p className={styles.note}>
        {t(
          'app.diagnostics.redacted',
          'It holds versions, settings without names, timings and counts: no address, tenant, label, name or secret.'
        )}
      </p>
      <Calls calls={diagnosis.calls} />
      <Facts title={t('app.diagnostics.server', 'Profile server')} facts={diagnosis.server} />
      <Facts title={t('app.diagnostics.plugin', 'Backend')} facts={diagnosis.plugin} />
      <Facts title={t('app.diagnostics.page', 'This page')} facts={{ ...page }} />
      <Facts title={t('app.diagnostics.settings', 'Settings')} facts={diagnosis.settings} />
      <Facts title={t('app.diagnostics.metrics', 'Counted since the backend started')} facts={diagnosis.metrics} />
    </div>
  );
}

/** Which calls the server knows: what it lacks is what the app cannot show. */
function Calls({ calls }: { calls: ProbedCall[] }) {
  const styles = useStyles2(getStyles);
  return (
    <section>
      <Text element="h2" variant="h4">
        {t('app.diagnostics.calls', 'Calls of the profile server')}
      </Text>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('app.diagnostics.call', 'Call')}</th>
            <th scope="col">{t('app.diagnostics.outcome', 'Outcome')}</th>
            <th scope="col">{t('app.diagnostics.time', 'Time')}</th>
          </tr>
        </thead>
        <tbody>
          {calls.map(({ name, outcome, problem, durationMs }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                <Badge color={outcome === 'ok' ? 'green' : 'red'} text={outcome} /> {problem}
              </td>
              <td>{`${durationMs} ms`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Facts({ title, facts }: { title: string; facts: Record<string, string | number | boolean> }) {
  const styles = useStyles2(getStyles);
  const rows = Object.entries(facts).filter(([, value]) => value !== '');
  if (rows.length === 0) {
    return null;
  }
  return (
    <section>
      <Text element="h2" variant="h4">
        {title}
      </Text>
      <table className={styles.table}>
        <tbody>
          {rows.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{String(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function usePageFacts(): PageFacts {
  const theme = useTheme2();
  return {
    grafana: config.buildInfo?.version ?? '',
    edition: String(config.buildInfo?.edition ?? ''),
    browser: navigator.userAgent,
    language: navigator.language,
    theme: theme.isDark ? 'dark' : 'light',
    screen: `${window.innerWidth} x ${window.innerHeight} at ${window.devicePixelRatio}`,
  };
}

const getStyles = (theme: GrafanaTheme2) => ({
  screen: screenColumn(theme, 3),
  note: css({ color: theme.colors.text.secondary, margin: 0 }),
  table: css({
    marginTop: theme.spacing(1),
    borderCollapse: 'collapse',
    overflowWrap: 'anywhere',
    'th, td': {
      textAlign: 'left',
      verticalAlign: 'top',
      padding: theme.spacing(0.5, 2, 0.5, 0),
      borderBottom: `1px solid ${theme.colors.border.weak}`,
    },
    th: { fontWeight: theme.typography.fontWeightRegular, color: theme.colors.text.secondary },
  }),
});
