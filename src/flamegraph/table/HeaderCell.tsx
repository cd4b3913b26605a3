import { css } from '@emotion/css';
import React, { useRef } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Icon, useStyles2 } from '@grafana/ui';

import { NARROWEST_COLUMN } from './columns';
import { RAW } from '../raw';

/** An arrow key changes a width by so many pixels. */
const KEY_STEP = 16;

export interface HeaderCellProps {
  readonly title: string;
  readonly sorted?: 'ascending' | 'descending';
  onSort(): void;
  /** Width in pixels; without it the column takes what the others leave and cannot be resized. */
  readonly width?: number;
  onResize?(width: number): void;
}

/** A column's title, which sorts, and at its left edge the handle that changes its width. */
export function HeaderCell({ title, sorted, onSort, width, onResize }: HeaderCellProps) {
  const styles = useStyles2(getStyles);
  const drag = useRef<{ x: number; width: number }>();
  const resize = (to: number) => onResize?.(Math.max(NARROWEST_COLUMN, Math.round(to)));
  return (
    <th scope="col" className={width === undefined ? styles.name : styles.value} aria-sort={sorted ?? 'none'}>
      {width !== undefined && (
        <div
          role="separator"
          aria-orientation="vertical"
          aria-label={t('flamegraph.table.resize', 'Width of column {{title}}', { title, ...RAW })}
          aria-valuenow={width}
          aria-valuemin={NARROWEST_COLUMN}
          tabIndex={0}
          className={styles.handle}
          onPointerDown={(event) => {
            event.preventDefault();
            event.currentTarget.setPointerCapture(event.pointerId);
            drag.current = { x: event.clientX, width };
          }}
          onPointerMove={(event) => drag.current && resize(drag.current.width + drag.current.x - event.clientX)}
          onPointerUp={() => (drag.current = undefined)}
          onKeyDown={(event) => {
            const step = { ArrowLeft: KEY_STEP, ArrowRight: -KEY_STEP }[event.key];
            if (step !== undefined) {
              event.preventDefault();
              resize(width + step);
            }
          }}
        />
      )}
      <button type="button" className={styles.sort} onClick={onSort}>
        <span className={styles.title}>{title}</span>
        {sorted && <Icon name={sorted === 'descending' ? 'arrow-down' : 'arrow-up'} size="sm" />}
      </button>
    </th>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const cell = {
    position: 'sticky',
    top: 0,
    zIndex: 1,
    padding: theme.spacing(0, 1),
    background: theme.colors.background.primary,
    boxShadow: `inset 0 -1px 0 ${theme.colors.border.medium}`,
    height: 28,
  } as const;
  return {
    name: css({ ...cell, textAlign: 'left' }),
    value: css({ ...cell, textAlign: 'right' }),
    handle: css({
      position: 'absolute',
      left: 0,
      top: 4,
      bottom: 4,
      width: 7,
      cursor: 'col-resize',
      touchAction: 'none',
      borderLeft: `1px solid ${theme.colors.border.weak}`,
      '&:hover, &:focus-visible': { borderLeft: `2px solid ${theme.colors.primary.main}`, outline: 'none' },
    }),
    sort: css({
      display: 'inline-flex',
      alignItems: 'center',
      gap: theme.spacing(0.5),
      maxWidth: '100%',
      background: 'none',
      border: 0,
      padding: 0,
      fontSize: theme.typography.bodySmall.fontSize,
      fontWeight: theme.typography.fontWeightMedium,
    }),
    title: css({ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
  };
};
