import { css } from '@emotion/css';
import React, { useCallback, useMemo, useRef, useState } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Alert, useStyles2 } from '@grafana/ui';

import type { CallTree } from '../engine/callTree';
import { findRemainders } from '../engine/remainder';

import { FilterChips } from './chips/FilterChips';
import {
  type ChosenFrame,
  type Cut,
  type FrameAction,
  FlameGraphProvider,
  type LinesOf,
  type SourcePlace,
  type SourceUrlOf,
} from './context';
import { allExporters } from './exporters';
import type { Exporter, Measured } from './exporters/exporter';
import type { FormatValue } from './facts/nodeFacts';
import { Panes } from './Panes';
import { type ChangeState, type FlameGraphState, TABLE_COLUMNS, type TableColumn } from './state/flameGraphState';
import { resolveState } from './state/resolve';
import type { ShapeRequest } from './state/shape';
import { useSearch } from './state/useSearch';
import { useShape } from './state/useShape';
import { useSize } from './state/useSize';
import { CutNotice } from './status/CutNotice';
import { LeftOutNotice } from './status/LeftOutNotice';
import { OneSidedNotice } from './status/OneSidedNotice';
import { Progress } from './status/Progress';
import { type Runner, useRunner } from './worker/useRunner';
import { RAW } from './raw';

export interface FlameGraphProps {
  readonly tree: CallTree;
  readonly formatValue: FormatValue;
  readonly state: FlameGraphState;
  readonly onStateChange: ChangeState;
  /** What the values are, for exported files. */
  readonly measured?: Measured;
  /** Name of exported files. */
  readonly title?: string;
  readonly exporters?: readonly Exporter[];
  /** What the host offers for a frame besides what the flame graph does itself. */
  readonly actions?: (frame: ChosenFrame) => readonly FrameAction[];
  readonly cut?: Cut;
  readonly placeOf?: (name: string) => SourcePlace | undefined;
  /** Gets what the lines of a function cost, from hosts that can. */
  readonly linesOf?: LinesOf;
  readonly sourceUrlOf?: SourceUrlOf;
  readonly columns?: readonly TableColumn[];
  /** Names on one picture at most; the widest frames keep theirs. */
  readonly maxNames?: number;
  /** Runs what takes long; the host's, when it has one already. */
  readonly runner?: Runner;
}

const UNKNOWN_MEASURE: Measured = { sampleType: 'value', unit: 'count', from: 0, to: 0 };

/** The flame graph with its toolbar and table; fills its parent, which must have a height. */
export function FlameGraph(props: FlameGraphProps) {
  const { tree, formatValue, onStateChange: change, actions, cut, placeOf, linesOf, sourceUrlOf } = props;
  const isDiff = tree.diff !== undefined;
  const state = useMemo(() => resolveState(props.state, isDiff), [props.state, isDiff]);
  const styles = useStyles2(getStyles);
  const frame = useRef<HTMLDivElement>(null);
  const size = useSize(frame);
  const [exportError, setExportError] = useState<string>();
  const exporters = useMemo(() => props.exporters ?? allExporters(), [props.exporters]);
  const ownRunner = useRunner();
  const runner = props.runner ?? ownRunner;

  const onCancel = useCallback(
    ({ filters, inverted, sandwich, normalised }: ShapeRequest) =>
      change({ filters, inverted, sandwich, diff: { ...state.diff, normalised } }),
    [change, state.diff]
  );
  const { filters, inverted, sandwich, diff } = state;
  const { shape, progress, cancel } = useShape(
    tree,
    { filters, inverted, sandwich, normalised: diff.normalised },
    runner,
    onCancel
  );
  const remainder = useMemo(() => findRemainders(tree, cut?.maxNodes), [tree, cut?.maxNodes]);
  const { profile, comparisonScale } = shape;
  const search = useSearch(state.search, profile.labels, runner);
  const isCut = remainder.nodes.length > 0;
  const remainders = useMemo(() => (isCut ? findRemainders(profile).nodes : undefined), [isCut, profile]);
  const scale = useMemo(
    () => ({ formatValue, profile, comparisonScale, remainders }),
    [formatValue, profile, comparisonScale, remainders]
  );
  const context = useMemo(
    () => ({
      base: tree,
      shape,
      scale,
      state,
      change,
      search,
      remainder,
      actions,
      cut,
      placeOf,
      linesOf,
      sourceUrlOf,
    }),
    [tree, shape, scale, state, change, search, remainder, actions, cut, placeOf, linesOf, sourceUrlOf]
  );
  const isMissing = sandwich !== undefined && !profile.labels.includes(sandwich);

  return (
    <FlameGraphProvider value={context}>
      <div ref={frame} className={styles.frame}>
        {exportError !== undefined && (
          <div>
            <Alert
              severity="error"
              title={t('flamegraph.export.failed', 'The file could not be written')}
              onRemove={() => setExportError(undefined)}
            >
              {exportError}
            </Alert>
          </div>
        )}
        <Panes
          size={size}
          exporters={exporters}
          measured={props.measured ?? UNKNOWN_MEASURE}
          title={props.title ?? 'flamegraph'}
          columns={props.columns ?? TABLE_COLUMNS}
          maxNames={props.maxNames ?? Infinity}
          onExportError={setExportError}
          notices={
            <div className={styles.notices}>
              <FilterChips />
              {isMissing && (
                <Alert
                  severity="info"
                  title={t('flamegraph.sandwich.missing', 'The profile has no function {{name}}', {
                    name: sandwich,
                    ...RAW,
                  })}
                  onRemove={() => change({ sandwich: undefined })}
                />
              )}
              <OneSidedNotice />
              <CutNotice />
              <LeftOutNotice />
            </div>
          }
        />
        {progress !== undefined && (
          <Progress
            label={t('flamegraph.progress.label', 'Rearranging the profile')}
            done={progress}
            onCancel={cancel}
          />
        )}
      </div>
    </FlameGraphProvider>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({
    position: 'relative',
    display: 'flex',
    flexDirection: 'column',
    height: '100%',
    minHeight: 0,
    gap: theme.spacing(1),
  }),
  // As high as its content: Grafana's alerts would take the graph's room.
  notices: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    '&:empty': { display: 'none' },
    '& > *': { marginBottom: 0 },
  }),
});
