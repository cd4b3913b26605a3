import { css } from '@emotion/css';
import React from 'react';

import { useSplitter, useStyles2 } from '@grafana/ui';

/** Neither part becomes smaller than this, in CSS pixels. */
const SMALLEST = 80;

export interface SplitPanesProps {
  /** 'row': side by side; 'column': one above the other. */
  readonly direction: 'row' | 'column';
  /** Share of the first part, 0..1. */
  readonly initialShare: number;
  readonly first: React.ReactNode;
  readonly second: React.ReactNode;
}

/** Two parts with a handle between them that moves by pointer and by arrow keys. */
export function SplitPanes({ direction, initialShare, first, second }: SplitPanesProps) {
  const styles = useStyles2(getStyles);
  const { containerProps, primaryProps, secondaryProps, splitterProps } = useSplitter({
    direction,
    initialSize: initialShare,
  });
  return (
    <div className={styles.whole}>
      <div {...containerProps}>
        <div {...primaryProps}>
          <Part>{first}</Part>
        </div>
        <div {...splitterProps} />
        <div {...secondaryProps}>
          <Part>{second}</Part>
        </div>
      </div>
    </div>
  );
}

/** Takes its content out of the flow: what scrolls inside must not push the handle away. */
function Part({ children }: { children: React.ReactNode }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.part}>
      <div className={styles.content}>{children}</div>
    </div>
  );
}

const getStyles = () => ({
  whole: css({ display: 'flex', flex: 1, minWidth: 0, minHeight: 0 }),
  part: css({ position: 'relative', flex: 1, minWidth: SMALLEST, minHeight: SMALLEST }),
  content: css({ position: 'absolute', inset: 0, display: 'flex' }),
});
