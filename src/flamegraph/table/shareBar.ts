import { css } from '@emotion/css';

import type { GrafanaTheme2 } from '@grafana/data';

/** The bar of a share behind the number of a cell, whose position is relative and whose width is the share's. */
export const shareBar = (theme: GrafanaTheme2) =>
  css({
    position: 'absolute',
    right: 0,
    top: 3,
    bottom: 3,
    background: theme.colors.action.selected,
    borderRadius: 2,
  });
