import { css } from '@emotion/css';

import type { GrafanaTheme2 } from '@grafana/data';

/** In pixels; every row has the same, so that only those in view need to exist. */
export const ROW_HEIGHT = 44;

/** Below this width of the list only name, cost and share are shown. */
const NARROW = '@container (max-width: 720px)';

/** Below this width there is no room for the share either. */
const TINY = '@container (max-width: 300px)';

/** The columns, shared by the head and the rows: name, types, sparkline, cost, share, actions. */
export const getRowStyles = (theme: GrafanaTheme2) => ({
  container: css({ containerType: 'inline-size', width: '100%' }),
  row: css({
    display: 'grid',
    gridTemplateColumns: 'minmax(140px, 3fr) minmax(140px, 2fr) 180px 120px 150px 56px',
    alignItems: 'center',
    columnGap: theme.spacing(2),
    padding: theme.spacing(0, 1),
    [NARROW]: { gridTemplateColumns: 'minmax(0, 1fr) 100px 64px', columnGap: theme.spacing(1) },
    [TINY]: { gridTemplateColumns: 'minmax(0, 1fr) 100px' },
  }),
  wideOnly: css({ [NARROW]: { display: 'none' } }),
  notTiny: css({ [TINY]: { display: 'none' } }),
  cell: css({ minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
  number: css({ textAlign: 'right', fontVariantNumeric: 'tabular-nums' }),
});
