import { css } from '@emotion/css';
import React, { useId } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Field, Text, useStyles2 } from '@grafana/ui';

import { ServicePicker } from '../../selection/ServicePicker';
import { ServicesFailure } from '../../selection/ServicesFailure';

import type { RunbookScene } from './RunbookScene';
import type { Found } from './useEvidence';

interface Props {
  model: RunbookScene;
  found: Found;
  datasourceUid: string;
}

/** Of a page to learn from: whose profiles its pictures are drawn of. */
export function ExampleBar({ model, found, datasourceUid }: Props) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const { service, services, loading, choosing, failure, retry } = found;
  return (
    <section className={styles.bar} aria-label={t('app.learn.example', 'Example')}>
      <Field
        label={t('app.learn.example-of', 'Service of the pictures')}
        htmlFor={id}
        className={styles.picker}
        noMargin
      >
        <ServicePicker
          id={id}
          services={services.services}
          value={service}
          onChange={model.selectService}
          loading={loading || choosing}
        />
      </Field>
      {failure !== undefined && <ServicesFailure reason={failure} datasourceUid={datasourceUid} onRetry={retry} />}
      {!loading && !choosing && failure === undefined && service === undefined && (
        <Text color="secondary">
          {t('app.learn.no-example', 'No service sent profiles in this time; the pictures need one. Set-up shows how.')}
        </Text>
      )}
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
  picker: css({ maxWidth: 360, minWidth: 0 }),
});
