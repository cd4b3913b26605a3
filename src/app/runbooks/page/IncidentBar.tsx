import { css } from '@emotion/css';
import React, { useId } from 'react';

import { dateTimeFormat, type GrafanaTheme2, locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { sceneGraph } from '@grafana/scenes';
import { Button, ClipboardButton, Field, LinkButton, Stack, Text, useStyles2 } from '@grafana/ui';

import { ProfileTypePicker } from '../../../datasource/editor/ProfileTypePicker';
import { RAW } from '../../../flamegraph/raw';
import { runbookUrl } from '../../../links/runbookUrl';
import { ServicePicker } from '../../selection/ServicePicker';
import { ServicesFailure } from '../../selection/ServicesFailure';
import type { Evidence } from '../blocks/question';
import type { Runbook } from '../model/runbook';

import type { RunbookScene } from './RunbookScene';
import { screenUrlOf, shownIncident } from './screenLinks';
import type { Found } from './useEvidence';

interface Props {
  model: RunbookScene;
  found: Found;
  datasourceUid: string;
  runbook: Runbook;
}

/** What the page looks at: service, type, function, and what it is held against. */
export function IncidentBar({ model, found, datasourceUid, runbook }: Props) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const { incident } = model.useState();
  const { evidence, profileTypeId, service, services, loading, failure, retry, note } = found;
  const timeZone = sceneGraph.getTimeRange(model).getTimeZone();
  const sent = services.services.find(({ name }) => name === service)?.profileTypes;
  const link = runbookUrl(runbook.slug, shownIncident(incident, datasourceUid, evidence));
  return (
    <section className={styles.bar} aria-label={t('app.runbooks.incident', 'Incident')}>
      <div className={styles.fields}>
        <Field label={t('app.explore.service', 'Service')} htmlFor={`${id}-service`} className={styles.picker} noMargin>
          <ServicePicker
            id={`${id}-service`}
            services={services.services}
            value={service}
            onChange={model.selectService}
            loading={loading}
          />
        </Field>
        <Field label={t('app.explore.type', 'Profile type')} htmlFor={`${id}-type`} className={styles.picker} noMargin>
          <ProfileTypePicker
            id={`${id}-type`}
            profileTypes={sent ?? services.profileTypes}
            value={profileTypeId ?? ''}
            onChange={model.selectType}
            loading={loading}
          />
        </Field>
        <div className={styles.actions}>
          <ClipboardButton
            variant="secondary"
            icon="link"
            getText={() => new URL(locationUtil.assureBaseUrl(link), window.location.origin).href}
          >
            {t('app.runbooks.copy-link', 'Copy link to this incident')}
          </ClipboardButton>
          <LinkButton
            variant="secondary"
            icon="columns"
            href={locationUtil.assureBaseUrl(screenUrlOf('compare', { datasourceUid, evidence, profileTypeId }))}
          >
            {t('app.runbooks.compare', 'Open in Compare')}
          </LinkButton>
        </div>
      </div>
      {failure !== undefined && <ServicesFailure reason={failure} datasourceUid={datasourceUid} onRetry={retry} />}
      {service === undefined && failure === undefined && (
        <Text color="secondary">
          {t(
            'app.runbooks.no-service',
            'The link names no service. Choose one, and the pictures below are drawn for it.'
          )}
        </Text>
      )}
      {incident.functionName !== undefined && (
        <Stack alignItems="center" wrap="wrap">
          <Text color="secondary">{t('app.runbooks.function', 'Function')}</Text>
          <code className={styles.function}>{incident.functionName}</code>
          <Button
            size="sm"
            fill="text"
            variant="secondary"
            icon="times"
            onClick={model.forgetFunction}
            tooltip={t('app.runbooks.forget-function', 'Look at all functions')}
            aria-label={t('app.runbooks.forget-function', 'Look at all functions')}
          />
        </Stack>
      )}
      {evidence && <Text color="secondary">{comparedWith(evidence, timeZone)}</Text>}
      {note !== undefined && <Text color="secondary">{note}</Text>}
    </section>
  );
}

/** What the incident is held against, in words. */
function comparedWith({ versions, baseline }: Evidence, timeZone: string): string {
  const moment = (milliseconds: number) => dateTimeFormat(milliseconds, { timeZone });
  const values = {
    version: versions?.version,
    before: versions?.before,
    start: moment(baseline.start),
    end: moment(baseline.end),
    ...RAW,
  };
  return versions
    ? t(
        'app.runbooks.compared-versions',
        'Version {{version}} is compared with {{before}}, from {{start}} to {{end}}.',
        values
      )
    : t('app.runbooks.compared-times', 'The range is compared with {{start}} to {{end}}.', values);
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    padding: theme.spacing(1.5),
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
  }),
  fields: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1, 2), alignItems: 'flex-end' }),
  picker: css({ flex: '1 1 220px', maxWidth: 360, minWidth: 0 }),
  actions: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), marginLeft: 'auto' }),
  function: css({ overflowWrap: 'anywhere' }),
});
