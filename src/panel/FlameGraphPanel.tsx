import { css } from '@emotion/css';
import React, { useCallback, useMemo, useState } from 'react';

import type { GrafanaTheme2, PanelProps } from '@grafana/data';
import { t } from '@grafana/i18n';
import { PanelDataErrorView } from '@grafana/runtime';
import { Alert, useStyles2 } from '@grafana/ui';

import type { SourceUrlOf } from '../flamegraph/context';
import { FlameGraph } from '../flamegraph/FlameGraph';
import { Progress } from '../flamegraph/status/Progress';
import { NamedCombobox } from '../flamegraph/toolbar/NamedCombobox';
import { useRunner } from '../flamegraph/worker/useRunner';
import { readSourceRules, sourceUrl } from '../links/sourceUrl';

import { cutOf, measuredOf } from './facts';
import { isFlameFrame } from './flameFrame';
import { frameActions } from './frameActions';
import { frameName } from './frameName';
import type { FlameGraphOptions } from './options';
import { linesOfFrame } from './linesOfFrame';
import { ShownNote } from './ShownNote';
import { useDetail } from './useDetail';
import { useFilledQuery } from './useFilledQuery';
import { useReadFrame } from './useReadFrame';
import { usePanelState } from './usePanelState';
import { valueFormat } from './valueFormat';
import { withRequest } from './withRequest';

/** The panel: takes Grafana's frames, hands the call tree of one of them to the flame graph. */
export function FlameGraphPanel({ id, data: given, options, fieldConfig, title }: PanelProps<FlameGraphOptions>) {
  const styles = useStyles2(getStyles);
  const { series, timeRange, request, state: loading } = given;
  const data = useMemo(
    () => withRequest({ series, timeRange, request, state: loading }),
    [series, timeRange, request, loading]
  );
  const frames = useMemo(() => series.filter(isFlameFrame), [series]);
  const [picked, setPicked] = useState<string>();
  const received = frames.find((frame) => frameName(frame) === picked) ?? frames[0];
  const detail = useDetail(data, received);
  const runner = useRunner();
  const { frame, read, progress, cancel } = useReadFrame(detail.frame ?? received, runner);
  const { state, change } = usePanelState(id, options, request?.app);
  const format = useMemo(() => valueFormat(frame), [frame]);
  const filled = useFilledQuery(data, frame);
  const actions = useMemo(
    () => frameActions(frame, read.tree, data, filled, options.links),
    [frame, read.tree, data, filled, options.links]
  );
  const lines = useMemo(
    () => frame && filled && linesOfFrame(frame, filled, data.timeRange),
    [frame, filled, data.timeRange]
  );
  const { rules, mistakes } = useMemo(() => readSourceRules(options.sources), [options.sources]);
  const sourceUrlOf = useCallback<SourceUrlOf>((place) => sourceUrl(rules, place), [rules]);
  const { open, isOpening } = detail;
  const cut = useMemo(
    () =>
      frame && {
        ...cutOf(frame),
        more: open && {
          label: isOpening ? t('panel.detail.loading', 'Loading…') : t('panel.detail.more', 'Show more detail'),
          open,
        },
      },
    [frame, open, isOpening]
  );

  const reading = progress !== undefined && (
    <Progress label={t('panel.reading', 'Reading the profile')} done={progress} onCancel={cancel} />
  );
  if (read.isCancelled || (reading && !frame)) {
    return (
      <div className={styles.panel}>
        {reading || (
          <Alert severity="info" title={t('panel.cancelled', 'The profile was not read')}>
            {t('panel.cancelled-next', 'Refresh the panel to read it again.')}
          </Alert>
        )}
      </div>
    );
  }
  if (!frame || read.isEmpty) {
    // Grafana says "No data" where there are no rows, and a root that is worth nothing is one.
    return <PanelDataErrorView panelId={id} data={{ ...given, series: [] }} fieldConfig={fieldConfig} />;
  }
  if (!read.tree) {
    return <PanelDataErrorView panelId={id} data={given} fieldConfig={fieldConfig} message={read.problem} />;
  }
  return (
    <div className={styles.panel}>
      <div className={styles.alerts}>
        {mistakes.length > 0 && (
          <Alert severity="warning" title={t('panel.sources.mistakes', 'The option “Source code” has a mistake')}>
            {mistakes.join(' ')}
          </Alert>
        )}
        {detail.problem !== undefined && (
          <Alert
            severity="error"
            title={t('panel.detail.failed', 'More detail could not be fetched')}
            onRemove={detail.dismiss}
          >
            {detail.problem}
          </Alert>
        )}
      </div>
      {frames.length > 1 && (
        <NamedCombobox
          name={t('panel.frames', 'Profile')}
          options={frames.map((each) => ({ value: frameName(each), label: frameName(each) }))}
          value={frameName(received)}
          onChange={(name: string) => setPicked(name)}
        />
      )}
      <ShownNote frame={frame} />
      <div className={styles.graph}>
        <FlameGraph
          tree={read.tree}
          formatValue={format}
          state={state}
          onStateChange={change}
          actions={actions}
          cut={cut}
          columns={options.columns}
          maxNames={options.maxNames}
          measured={measuredOf(frame, data.timeRange)}
          title={title || frameName(frame)}
          runner={runner}
          linesOf={lines?.linesOf}
          placeOf={lines?.placeOf}
          sourceUrlOf={sourceUrlOf}
        />
        {reading}
      </div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  panel: css({ position: 'relative', display: 'flex', flexDirection: 'column', height: '100%', gap: theme.spacing(1) }),
  // As high as its content: Grafana's alerts would take the graph's room.
  alerts: css({ '&:empty': { display: 'none' } }),
  graph: css({ flex: 1, minHeight: 0 }),
});
