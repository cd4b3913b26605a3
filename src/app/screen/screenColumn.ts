import { css } from '@emotion/css';

import type { GrafanaTheme2 } from '@grafana/data';

/**
 * The class of a screen's parts below each other, so many spacings apart. As high as its content: in a higher one Grafana's
 * alerts take up what is left, and push what is below them down the page.
 */
export const screenColumn = (theme: GrafanaTheme2, gap: number) =>
  css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(gap),
    width: '100%',
    flexGrow: 1,
    alignSelf: 'flex-start',
    minWidth: 0,
  });
