import { css } from '@emotion/css';
import React, { memo, useId } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';

import type { PagePoint } from '../../graph/Graph';
import { NAME_COLOUR } from '../../state/scene';

import { ARROW_FONT_SIZE, baselineOf, type GraphBox, type GraphDrawing, pathOf } from './drawing';

export interface GraphPictureProps {
  readonly drawing: GraphDrawing;
  /** 1 is full size. */
  readonly zoom: number;
  onMenu(name: string, at: PagePoint): void;
}

/** The drawing in the page: boxes can be reached by Tab and open the function's menu. */
export const GraphPicture = memo(function GraphPicture({ drawing, zoom, onMenu }: GraphPictureProps) {
  const styles = useStyles2(getStyles);
  const head = useId();
  const { width, height, boxes, arrows } = drawing;
  return (
    <svg
      className={styles.picture}
      width={width * zoom}
      height={height * zoom}
      viewBox={`0 0 ${width} ${height}`}
      role="group"
      aria-label={t('flamegraph.callgraph.picture', 'Functions with arrows from callers to callees')}
    >
      <defs>
        <marker
          id={head}
          viewBox="0 0 6 6"
          refX="5"
          refY="3"
          markerWidth="8"
          markerHeight="8"
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path d="M0 0L6 3L0 6z" fill="currentColor" />
        </marker>
      </defs>
      {arrows.map((arrow, at) => (
        <g key={at} aria-hidden>
          <path
            d={pathOf(arrow)}
            fill="none"
            stroke="currentColor"
            strokeWidth={arrow.weight}
            strokeDasharray={arrow.isIndirect ? '4 3' : undefined}
            markerEnd={`url(#${head})`}
          />
          <text
            x={arrow.textAt.x}
            y={arrow.textAt.y}
            textAnchor="middle"
            fontSize={ARROW_FONT_SIZE}
            fill="currentColor"
            className={styles.text}
          >
            {arrow.text}
          </text>
        </g>
      ))}
      {boxes.map((box) => (
        <Box key={box.name} box={box} onMenu={onMenu} />
      ))}
    </svg>
  );
});

function Box({ box, onMenu }: { box: GraphBox; onMenu: GraphPictureProps['onMenu'] }) {
  const styles = useStyles2(getStyles);
  const open = (at: PagePoint) => onMenu(box.name, at);
  return (
    <g
      role="button"
      tabIndex={0}
      className={styles.box}
      aria-label={box.description}
      onClick={(event) => open({ x: event.clientX, y: event.clientY })}
      onContextMenu={(event) => {
        event.preventDefault();
        open({ x: event.clientX, y: event.clientY });
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          event.stopPropagation();
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          open({ x: left, y: bottom });
        }
      }}
    >
      <title>{box.description}</title>
      <rect x={box.x} y={box.y} width={box.width} height={box.height} rx={3} fill={box.fill} />
      {box.lines.map((line, at) => (
        <text
          key={at}
          x={box.x + box.width / 2}
          y={box.y + baselineOf(box, at)}
          textAnchor="middle"
          fontSize={box.fontSize}
          fill={NAME_COLOUR}
        >
          {line}
        </text>
      ))}
    </g>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  picture: css({ display: 'block', margin: '0 auto', color: theme.colors.text.secondary }),
  // A rim in the page's colour keeps numbers legible where arrows cross.
  text: css({ paintOrder: 'stroke', stroke: theme.colors.background.primary, strokeWidth: 3 }),
  box: css({
    cursor: 'pointer',
    '&:focus': { outline: 'none' },
    '&:hover rect, &:focus-visible rect': { stroke: theme.colors.text.maxContrast, strokeWidth: 2 },
  }),
});
