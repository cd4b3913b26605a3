import {
  SceneObjectBase,
  type SceneObjectState,
  SceneObjectUrlSyncConfig,
  type SceneObjectUrlValues,
} from '@grafana/scenes';

import { FrameChart } from '../flame/FrameChart';
import { textFromUrl } from '../screen/urlText';

import { type FileChoice, fileChoiceFromUrl, fileChoiceToUrl, FILE_KEYS } from './file/fileChoice';
import { CapturesView } from './CapturesView';

/** Where the profile comes from: a running program, or a file. */
export type CapturesTab = 'capture' | 'file';

/** What a link asks for; nothing is captured before the user says so. */
export interface CaptureChoice {
  /** Id of a target. */
  target?: string;
  /** In its place: the service whose profiles it gives. */
  service?: string;
  instance?: string;
  /** Name of a profile, e.g. heap. */
  type?: string;
}

interface CapturesScreenState extends SceneObjectState, CaptureChoice {
  tab: CapturesTab;
  /** What of the opened files is looked at. */
  file: FileChoice;
  /** The flame graph of the tab Capture. */
  chart: FrameChart;
}

const CHOICES = ['target', 'service', 'instance', 'type'] as const;

/** State of the screen of captures as its URL carries it; each tab keeps its own besides. */
export class CapturesScreen extends SceneObjectBase<CapturesScreenState> {
  static readonly Component = CapturesView;

  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['tab', ...CHOICES, ...FILE_KEYS] });

  constructor() {
    super({ tab: 'capture', file: {}, chart: new FrameChart() });
  }

  show = (tab: CapturesTab) => this.setState({ tab });

  choose = (choice: CaptureChoice) => this.setState(choice);

  chooseFile = (change: FileChoice) => this.setState({ file: { ...this.state.file, ...change } });

  forgetFile() {
    this.setState({ file: {} });
  }

  getUrlState() {
    const { tab, target, service, instance, type, file } = this.state;
    return { tab: tab === 'capture' ? undefined : tab, target, service, instance, type, ...fileChoiceToUrl(file) };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    if ('tab' in values) {
      this.show(textFromUrl(values.tab) === 'file' ? 'file' : 'capture');
    }
    this.setState({ file: fileChoiceFromUrl(this.state.file, values) });
    for (const key of CHOICES) {
      if (key in values) {
        this.choose({ [key]: filledIn(textFromUrl(values[key])) });
      }
    }
  }
}

/** A template of a runbook or an alert that was not filled in counts as absent. */
function filledIn(text: string | undefined): string | undefined {
  return text?.includes('{{') || text?.includes('[no value]') ? undefined : text;
}
