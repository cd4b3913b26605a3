import type { Observable } from 'rxjs';

import {
  SceneObjectBase,
  type SceneObjectState,
  SceneObjectUrlSyncConfig,
  type SceneObjectUrlValues,
} from '@grafana/scenes';

import type { Span } from '../../../datasource/resources/span';
import { type Incident, readIncident, RUNBOOK_PARAMS } from '../../../links/runbookUrl';
import type { Services } from '../../resources/ServiceDirectory';
import { textFromUrl } from '../../screen/urlText';
import type { AppSettings } from '../../settings';
import { CHART_KINDS, LiveChart } from '../blocks/LiveChart';
import type { Evidence } from '../blocks/question';
import type { Runbook, RunbookPart } from '../model/runbook';

import { HealthProbe } from './HealthProbe';
import { RunbookView } from './RunbookView';
import type { LoadTexts } from './useLibrary';

/** What a page to learn from has in the place of an incident. */
export interface Lesson {
  /** Where its text is. */
  load: LoadTexts;
  /** Finds the service whose profiles are the example. */
  findExample: (datasourceUid: string, services: Services, range: Span) => Observable<string | undefined>;
}

interface RunbookSceneState extends SceneObjectState {
  slug: string;
  settings: AppSettings;
  /** Of a page to learn from. */
  lesson?: Lesson;
  /** What the link says; range and data source are the page's. */
  incident: Incident;
  /** One for each block that is drawn from profiles, by the part of the runbook that it is. */
  charts: LiveChart[];
  probe: HealthProbe;
}

/** Range and data source are synced by the page. */
const KEYS = Object.values(RUNBOOK_PARAMS).filter((name) => !['from', 'to', 'var-ds'].includes(name));

/** State of a runbook's page: the incident that its address names, and the pictures of its blocks. */
export class RunbookScene extends SceneObjectBase<RunbookSceneState> {
  static readonly Component = RunbookView;

  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: KEYS });

  private readonly chartByPart = new Map<RunbookPart, LiveChart>();
  private evidence?: Evidence;

  constructor(slug: string, settings: AppSettings, lesson?: Lesson) {
    super({ slug, settings, lesson, incident: {}, charts: [], probe: new HealthProbe() });
  }

  /** Makes a chart of each block that is drawn from profiles. */
  open({ parts }: Runbook) {
    this.chartByPart.clear();
    for (const part of parts) {
      if (part.kind === 'live' && CHART_KINDS.some((kind) => kind === part.block.kind)) {
        this.chartByPart.set(part, new LiveChart(part.block));
      }
    }
    this.setState({ charts: [...this.chartByPart.values()] });
    if (this.evidence) {
      this.look(this.evidence);
    }
  }

  chartOf(part: RunbookPart): LiveChart | undefined {
    return this.chartByPart.get(part);
  }

  /** Fills the blocks. */
  look(evidence: Evidence) {
    this.evidence = evidence;
    this.state.charts.forEach((chart) => chart.ask(evidence));
  }

  /** Looks at another service: what the alert said of the former one does not hold. */
  selectService = (service: string) => {
    const { baseline } = this.state.incident;
    this.setState({ incident: { service, baseline } });
  };

  selectType = (profileTypeId: string) => this.setState({ incident: { ...this.state.incident, profileTypeId } });

  forgetFunction = () => this.setState({ incident: { ...this.state.incident, functionName: undefined } });

  getUrlState() {
    const { service, functionName, profileTypeId, version, baselineVersion, baseline } = this.state.incident;
    return {
      [RUNBOOK_PARAMS.service]: service,
      [RUNBOOK_PARAMS.functionName]: functionName,
      [RUNBOOK_PARAMS.profileTypeId]: profileTypeId,
      [RUNBOOK_PARAMS.version]: version,
      [RUNBOOK_PARAMS.baselineVersion]: baselineVersion,
      [RUNBOOK_PARAMS.baselineFrom]: baseline && String(baseline.from),
      [RUNBOOK_PARAMS.baselineTo]: baseline && String(baseline.to),
    };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    const merged: SceneObjectUrlValues = { ...this.getUrlState(), ...values };
    const params = Object.entries(merged).flatMap(([name, value]) => {
      const text = textFromUrl(value);
      return text === undefined ? [] : [[name, text]];
    });
    this.setState({ incident: readIncident(new URLSearchParams(params)) });
  }
}
