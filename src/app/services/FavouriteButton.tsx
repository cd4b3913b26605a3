import { css, cx } from '@emotion/css';
import React from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Icon, useStyles2 } from '@grafana/ui';

interface Props {
  service: string;
  isFavourite: boolean;
  onToggle: (service: string) => void;
}

/** The star before a service's name. */
export function FavouriteButton({ service, isFavourite, onToggle }: Props) {
  const styles = useStyles2(getStyles);
  const label = t('app.services.favourite', 'Favourite: {{service}}', {
    service,
    interpolation: { escapeValue: false },
  });
  const hint = isFavourite
    ? t('app.services.favourite-remove', 'A favourite, listed first. Click to take it off')
    : t('app.services.favourite-add', 'Make it a favourite, to be listed first');
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={isFavourite}
      title={hint}
      className={cx(styles.button, isFavourite && styles.on)}
      onClick={() => onToggle(service)}
    >
      <Icon name={isFavourite ? 'favorite' : 'star'} type={isFavourite ? 'mono' : 'default'} size="sm" />
    </button>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  button: css({
    display: 'inline-flex',
    flexShrink: 0,
    padding: theme.spacing(0.5),
    border: 'none',
    background: 'none',
    color: theme.colors.text.secondary,
    '&:hover': { color: theme.colors.text.primary },
  }),
  on: css({ color: theme.colors.warning.text }),
});
