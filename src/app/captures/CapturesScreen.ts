import {
  SceneObjectBase,
  type SceneObjectState,
  SceneObjectUrlSyncConfig,
  type SceneObjectUrlValues,
} from '@grafana/scenes';

import { textFromUrl } from '../screen/urlText';

import { CapturesView } from './CapturesView';

/** Where the profile comes from: a running program, or a file. */
export type CapturesTab = 'capture' | 'file';

interface CapturesScreenState extends SceneObjectState {
  tab: CapturesTab;
}

/** State of the screen of captures as its URL carries it; each tab keeps its own besides. */
export class CapturesScreen extends SceneObjectBase<CapturesScreenState> {
  static readonly Component = CapturesView;

  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['tab'] });

  constructor() {
    super({ tab: 'capture' });
  }

  show = (tab: CapturesTab) => this.setState({ tab });

  getUrlState() {
    return { tab: this.state.tab === 'capture' ? undefined : this.state.tab };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    if ('tab' in values) {
      this.show(textFromUrl(values.tab) === 'file' ? 'file' : 'capture');
    }
  }
}
