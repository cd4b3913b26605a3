import { css } from '@emotion/css';
import React from 'react';

import { type GrafanaTheme2, locationUtil } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import { Alert, Button, EmptyState, LinkButton, LoadingPlaceholder, Stack, Text, useStyles2 } from '@grafana/ui';

import { whyNoRules } from '../alerting/mayDo';
import type { Answer } from '../../datasource/resources/useAnswer';
import type { OurRule } from '../alerting/ourRules';

import { RuleRow } from './RuleRow';

/** The rules that watch profiles, with their state, what fires first; or why there are none. */
export function OurRules({ answer }: { answer: Answer<OurRule[] | undefined> }) {
  const { value: rules, loading, failure, retry } = answer;
  return (
    <section aria-labelledby="our-rules">
      <Stack alignItems="center" justifyContent="space-between">
        <Text element="h2" variant="h4" id="our-rules">
          {t('app.alerts.ours', 'Rules on profiles')}
        </Text>
        <Button
          size="sm"
          variant="secondary"
          icon="sync"
          onClick={retry}
          disabled={loading}
          aria-label={t('app.alerts.refresh', 'Refresh the rules')}
        >
          {t('app.alerts.refresh-short', 'Refresh')}
        </Button>
      </Stack>
      {failure !== undefined && (
        <Alert severity="error" title={t('app.alerts.failed', 'The alert rules could not be loaded')}>
          {failure}
        </Alert>
      )}
      {loading && rules === undefined && failure === undefined && (
        <LoadingPlaceholder text={t('app.alerts.loading', 'Looking for alert rules…')} />
      )}
      {!loading && failure === undefined && rules === undefined && <NoAlerting />}
      {rules?.length === 0 && <NoRules />}
      {rules !== undefined && rules.length > 0 && <RuleTable rules={rules} />}
    </section>
  );
}

function RuleTable({ rules }: { rules: OurRule[] }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('app.alerts.table', 'Alert rules')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('app.alerts.column.state', 'State')}</th>
            <th scope="col">{t('app.alerts.column.rule', 'Rule')}</th>
            <th scope="col">{t('app.alerts.column.place', 'Folder and group')}</th>
            <th scope="col">{t('app.alerts.column.evaluated', 'Last evaluated')}</th>
            <th scope="col">{t('app.alerts.column.links', 'Links')}</th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <RuleRow key={rule.uid} rule={rule} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function NoAlerting() {
  return (
    <EmptyState variant="not-found" hideImage message={t('app.alerts.no-alerting', 'This Grafana has no alerting')}>
      <Trans i18nKey="app.alerts.no-alerting-text">
        Grafana’s alerting is switched off here, or this is the playground, which has none. The rules below can still be
        downloaded for another Grafana.
      </Trans>
    </EmptyState>
  );
}

function NoRules() {
  return (
    <EmptyState
      variant="call-to-action"
      hideImage
      message={t('app.alerts.none', 'No alert rule watches profiles yet')}
      button={
        <LinkButton
          icon="plus"
          variant="secondary"
          href={locationUtil.assureBaseUrl('/alerting/new/alerting')}
          disabled={whyNoRules() !== undefined}
          tooltip={whyNoRules()}
        >
          {t('app.alerts.new', 'New alert rule')}
        </LinkButton>
      }
    >
      <Trans i18nKey="app.alerts.none-text">
        Create some of the rules below, or one from a finding on the screen Regressions: it opens Grafana’s form, filled
        in.
      </Trans>
    </EmptyState>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  scroll: css({ overflowX: 'auto', marginTop: theme.spacing(1) }),
  table: css({
    width: '100%',
    borderCollapse: 'collapse',
    'th, td': {
      textAlign: 'left',
      verticalAlign: 'top',
      padding: theme.spacing(1),
      borderBottom: `1px solid ${theme.colors.border.weak}`,
    },
    th: { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightMedium },
  }),
});
