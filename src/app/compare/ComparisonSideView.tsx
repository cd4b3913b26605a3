import { css } from '@emotion/css';
import React, { useId } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Field, Text, useStyles2 } from '@grafana/ui';

import { spanOf } from '../../datasource/resources/span';
import type { Services } from '../resources/ServiceDirectory';
import { ServicePicker } from '../selection/ServicePicker';
import { SelectionFilters } from '../selection/SelectionFilters';
import { useLabelQuestions } from '../selection/useLabelQuestions';
import { PartOfRange } from '../series/PartOfRange';

import type { ComparisonSide } from './ComparisonSide';
import { sideTitle } from './sideTitle';

interface Props {
  model: ComparisonSide;
  datasourceUid: string;
  profileTypeId?: string;
  directory: Services;
  loading: boolean;
  onService: (service: string) => void;
}

/** One side of a comparison: service, filters, range, and the series to brush a part on. */
export function ComparisonSideView({ model, datasourceUid, profileTypeId, directory, loading, onService }: Props) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const { service, filters, part, series, picker, $timeRange } = model.useState();
  const { value: range } = $timeRange.useState();
  const questions = useLabelQuestions({ datasourceUid, service, profileTypeId, span: spanOf(range) });
  const title = sideTitle(model.side);
  return (
    <section className={styles.side} aria-label={title}>
      <div className={styles.head}>
        <Text element="h2" variant="h4">
          {title}
        </Text>
        <picker.Component model={picker} />
      </div>
      <div className={styles.selection}>
        <Field
          label={t('app.explore.service', 'Service')}
          htmlFor={`${id}-service`}
          className={styles.service}
          noMargin
        >
          <ServicePicker
            id={`${id}-service`}
            services={directory.services}
            value={service || undefined}
            onChange={onService}
            loading={loading}
          />
        </Field>
        <SelectionFilters
          filters={filters}
          questions={questions}
          onChange={(changed) => model.select({ filters: changed })}
        />
      </div>
      <div className={styles.series}>
        <series.Component model={series} />
      </div>
      <PartOfRange
        label={t('app.compare.part', 'Compares')}
        tooltip={t(
          'app.compare.part-tooltip',
          'Drag over the series to compare a part of the range, or choose it here.'
        )}
        part={part}
        timeZone={$timeRange.getTimeZone()}
        onChange={model.narrow}
      />
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  side: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    minWidth: 0,
    padding: theme.spacing(1.5),
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
  }),
  head: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
  }),
  selection: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1, 2), alignItems: 'flex-start' }),
  service: css({ flex: '1 1 200px', maxWidth: 360, minWidth: 0 }),
  series: css({ position: 'relative', height: 180 }),
});
