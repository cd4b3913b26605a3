import { css } from '@emotion/css';
import React, { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { IconButton, RadioButtonGroup, Spinner, useStyles2, useTheme2 } from '@grafana/ui';

import { callGraph } from '../../../engine/report/callGraph';
import { useFlameGraph } from '../../context';
import type { PagePoint } from '../../graph/Graph';
import { useSize } from '../../state/useSize';

import { type GraphDrawing, drawGraph } from './drawing';
import { GraphPicture } from './GraphPicture';
import { graphWording } from './wording';

/** How many functions are drawn; pprof draws 80. */
const SIZES = [20, 40, 80];
const ZOOM_STEP = 1.4;
/** A graph begins no smaller, or nobody could read its names: the rest of it is beside what is in view. */
const READABLE_ZOOM = 0.8;
const SMALLEST_ZOOM = 0.05;
const LARGEST_ZOOM = 4;

export interface CallGraphViewProps {
  onMenu(name: string, at: PagePoint): void;
}

/** The heaviest functions and the calls between them: pprof's `web`. */
export function CallGraphView({ onMenu }: CallGraphViewProps) {
  const styles = useStyles2(getStyles);
  const { isDark } = useTheme2();
  const { shape, scale, state } = useFlameGraph();
  const { profile } = shape;
  const [count, setCount] = useState(SIZES[1]);
  const [zoom, setZoom] = useState<number>();
  const scroller = useRef<HTMLDivElement>(null);
  const size = useSize(scroller);
  const graph = useMemo(() => callGraph(profile, { maxFunctions: count }), [profile, count]);
  const wording = useMemo(() => graphWording(scale, state, isDark), [scale, state, isDark]);
  const [drawn, setDrawn] = useState<{ of: typeof graph; drawing?: GraphDrawing; error?: unknown }>();

  useEffect(() => {
    let isWanted = true;
    const tell = (outcome: { drawing?: GraphDrawing; error?: unknown }) =>
      isWanted && setDrawn({ of: graph, ...outcome });
    drawGraph(graph, wording).then(
      (drawing) => tell({ drawing }),
      (error: unknown) => tell({ error })
    );
    return () => {
      isWanted = false;
    };
  }, [graph, wording]);

  const drawing = drawn?.drawing;
  // What begins the calls is in view; the rest is to its sides and below.
  useLayoutEffect(() => {
    const view = scroller.current;
    const picture = view?.querySelector('svg');
    if (drawing && drawing.boxes.length > 0 && view && picture) {
      const top = drawing.boxes.reduce((highest, box) => (box.y < highest.y ? box : highest));
      view.scrollLeft = (top.x + top.width / 2) * (picture.clientWidth / drawing.width) - view.clientWidth / 2;
    }
  }, [drawing]);

  if (drawn?.error !== undefined) {
    throw drawn.error;
  }
  const fitting = drawing && size.width > 0 ? Math.min(1, size.width / drawing.width) : 1;
  const shownZoom = Math.min(LARGEST_ZOOM, Math.max(SMALLEST_ZOOM, zoom ?? Math.max(fitting, READABLE_ZOOM)));
  return (
    <div className={styles.pane}>
      <div className={styles.head}>
        <RadioButtonGroup
          size="sm"
          aria-label={t('flamegraph.callgraph.count', 'Functions in the graph')}
          options={SIZES.map((value) => ({
            value,
            label: t('flamegraph.callgraph.functions', '{{count}} functions', { count: value }),
          }))}
          value={count}
          onChange={setCount}
        />
        <IconButton
          name="minus"
          tooltip={t('flamegraph.callgraph.zoom-out', 'Smaller')}
          onClick={() => setZoom(shownZoom / ZOOM_STEP)}
        />
        <IconButton
          name="plus"
          tooltip={t('flamegraph.callgraph.zoom-in', 'Larger')}
          onClick={() => setZoom(shownZoom * ZOOM_STEP)}
        />
        <IconButton
          name="expand-arrows"
          tooltip={t('flamegraph.callgraph.fit', 'Fit to the width')}
          onClick={() => setZoom(fitting)}
        />
      </div>
      <div
        ref={scroller}
        className={styles.scroller}
        tabIndex={0}
        role="region"
        aria-label={t('flamegraph.callgraph.label', 'Call graph')}
      >
        {!drawing && <Spinner />}
        {drawing?.boxes.length === 0 && (
          <p className={styles.empty}>
            {t('flamegraph.callgraph.empty', 'No function has enough of the profile to be drawn.')}
          </p>
        )}
        {drawing && drawing.boxes.length > 0 && <GraphPicture drawing={drawing} zoom={shownZoom} onMenu={onMenu} />}
      </div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  pane: css({ display: 'flex', flexDirection: 'column', flex: 1, minWidth: 0, minHeight: 0, gap: theme.spacing(1) }),
  head: css({ display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: theme.spacing(1) }),
  scroller: css({ flex: 1, minHeight: 0, overflow: 'auto' }),
  empty: css({ color: theme.colors.text.secondary, padding: theme.spacing(2), textAlign: 'center' }),
});
