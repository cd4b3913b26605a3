import { css } from '@emotion/css';
import React, { useId } from 'react';

import { type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Field, FilterInput, Spinner, Text, useStyles2 } from '@grafana/ui';

import { ProfileTypePicker } from '../../datasource/editor/ProfileTypePicker';

import { formatCost } from './formatCost';
import type { ServiceCosts } from './serviceCosts';
import type { ServicesOverview } from './ServicesOverview';

interface Props {
  model: ServicesOverview;
  profileTypes: string[];
  shown: number;
  all: number;
  costs?: ServiceCosts;
  loading: boolean;
  onCancel: () => void;
  /** Called on Enter in the search. */
  onOpenFirst: () => void;
}

/** What the cost is measured by, the search, and a summary of the list. */
export function ServicesToolbar({ model, profileTypes, shown, all, costs, loading, onCancel, onOpenFirst }: Props) {
  const styles = useStyles2(getStyles);
  const { profileTypeId, search } = model.useState();
  const id = useId();
  return (
    <div className={styles.toolbar}>
      <Field
        label={t('app.services.measured-by', 'Cost measured by')}
        htmlFor={`${id}-type`}
        className={styles.type}
        noMargin
      >
        <ProfileTypePicker
          id={`${id}-type`}
          profileTypes={profileTypes}
          value={profileTypeId ?? ''}
          onChange={model.chooseProfileType}
        />
      </Field>
      <Field label={t('app.services.search', 'Search')} htmlFor={`${id}-search`} className={styles.search} noMargin>
        <FilterInput
          id={`${id}-search`}
          value={search}
          onChange={model.search}
          escapeRegex={false}
          placeholder={t('app.services.search-placeholder', 'Name of a service; Enter opens the first')}
          onKeyDown={({ key }) => key === 'Enter' && onOpenFirst()}
        />
      </Field>
      <div className={styles.summary} role="status">
        {loading && (
          <>
            <Spinner inline />
            <Button size="sm" variant="secondary" fill="text" onClick={onCancel}>
              {t('app.screen.cancel', 'Cancel')}
            </Button>
          </>
        )}
        <Text color="secondary">{summaryOf(shown, all, costs)}</Text>
      </div>
    </div>
  );
}

function summaryOf(shown: number, all: number, costs?: ServiceCosts): string {
  const services =
    shown === all
      ? t('app.services.count', '{{count}} services', { count: all })
      : t('app.services.count-of', '{{shown}} of {{all}} services', { shown, all });
  return costs === undefined
    ? services
    : t('app.services.summary', '{{services}}, {{total}} together', {
        services,
        total: formatCost(costs.total, costs.unit),
        interpolation: { escapeValue: false },
      });
}

const getStyles = (theme: GrafanaTheme2) => ({
  toolbar: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(2), alignItems: 'flex-end' }),
  type: css({ flex: '1 1 280px', maxWidth: 420 }),
  search: css({ flex: '1 1 240px', maxWidth: 420 }),
  summary: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    minHeight: theme.spacing(theme.components.height.md),
    marginLeft: 'auto',
  }),
});
