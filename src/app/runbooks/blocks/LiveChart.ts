import { t } from '@grafana/i18n';
import { PanelBuilders, SceneObjectBase, type SceneObjectState, SceneQueryRunner, VizPanel } from '@grafana/scenes';
import { LegendDisplayMode, TooltipDisplayMode } from '@grafana/schema';

import { describeProfileType } from '../../../datasource/profileTypes/wording';
import { PANEL_TYPE } from '../../../links/linked';
import { NarrowedTimeRange, timeRangeOf } from '../../flame/NarrowedTimeRange';
import { PICKED_DATASOURCE } from '../../screen/datasourceOf';
import type { LiveBlock } from '../model/liveBlock';
import { fillText } from '../model/placeholders';

import { LiveChartView } from './LiveChartView';
import { type Evidence, questionOf } from './question';

interface LiveChartState extends SceneObjectState {
  block: LiveBlock;
  /** Why there is no picture; undefined while there is a question. */
  problem?: { title?: string; sentence: string };
  /** What is shown, in words. */
  title: string;
  /** Full id of the type that is asked for; '' before the first question. */
  profileTypeId: string;
  /** Series and flame graphs; tables are drawn from the answer itself. */
  panel?: VizPanel;
  $data: SceneQueryRunner;
  $timeRange: NarrowedTimeRange;
}

/** Kinds of blocks that are drawn from profiles. */
export const CHART_KINDS = ['series', 'flamegraph', 'diff', 'functions', 'findings'] as const;

/** A block that is drawn from profiles: its question over the incident's range or the baseline's, and what shows the answer. */
export class LiveChart extends SceneObjectBase<LiveChartState> {
  static readonly Component = LiveChartView;

  private asked?: string;

  constructor(block: LiveBlock) {
    super({
      block,
      title: block.title ?? '',
      profileTypeId: '',
      panel: panelOf(block),
      $data: new SceneQueryRunner({
        datasource: PICKED_DATASOURCE,
        queries: [],
        maxDataPointsFromWidth: block.kind === 'series',
      }),
      $timeRange: new NarrowedTimeRange(),
    });
  }

  /** Asks what the block wants to know of an incident; the same is not asked again. */
  ask(evidence: Evidence) {
    const { block, panel, $data, $timeRange } = this.state;
    const named = block.title === undefined ? undefined : fillText(block.title, knownOf(evidence));
    const asked = questionOf(block, evidence);
    if ('problem' in asked) {
      this.asked = undefined;
      $data.setState({ queries: [] });
      this.setState({ problem: { title: named, sentence: asked.problem } });
      return;
    }
    const { query, range } = asked;
    const title = named ?? describeProfileType(query.profileTypeId).title;
    panel?.setState({ title });
    this.setState({ problem: undefined, title, profileTypeId: query.profileTypeId });
    const text = JSON.stringify([query, range]);
    if (text !== this.asked) {
      this.asked = text;
      $data.setState({ queries: [query] });
      const before = $timeRange.state.value;
      $timeRange.narrow(range);
      const { from, to } = timeRangeOf(range);
      // Another range runs the query by itself.
      if ($data.isActive && before.from.isSame(from) && before.to.isSame(to)) {
        $data.runQueries();
      }
    }
  }
}

/** What a title may name of an incident. */
function knownOf({ service, functionName, versions }: Evidence) {
  return { service, function: functionName, version: versions?.version, baselineVersion: versions?.before };
}

function panelOf({ kind }: LiveBlock): VizPanel | undefined {
  switch (kind) {
    case 'series':
      return PanelBuilders.timeseries()
        .setMin(0)
        .setCustomFieldConfig('fillOpacity', 10)
        .setOption('legend', { showLegend: true, displayMode: LegendDisplayMode.List, placement: 'bottom', calcs: [] })
        .setOption('tooltip', { mode: TooltipDisplayMode.Multi })
        .setOverrides((lines) =>
          lines
            .matchFieldsWithNameByRegex('/^comparison: /')
            .overrideDisplayName(t('app.runbooks.series.incident', 'This incident'))
            .matchFieldsWithNameByRegex('/^baseline: (?!no profiles$)/')
            .overrideDisplayName(t('app.runbooks.series.baseline', 'Baseline, moved to this time'))
            .overrideCustomFieldConfig('lineStyle', { fill: 'dash', dash: [6, 6] })
            .overrideCustomFieldConfig('fillOpacity', 0)
            .overrideColor({ mode: 'fixed', fixedColor: 'text' })
        )
        .build();
    case 'flamegraph':
    case 'diff':
      return new VizPanel({ pluginId: PANEL_TYPE, title: '' });
    default:
      return undefined;
  }
}
