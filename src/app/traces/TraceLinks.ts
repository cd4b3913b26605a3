import {
  SceneObjectBase,
  type SceneObjectState,
  SceneObjectUrlSyncConfig,
  type SceneObjectUrlValues,
} from '@grafana/scenes';

import { textFromUrl } from '../screen/urlText';

import { TraceLinksView } from './TraceLinksView';

interface TraceLinksState extends SceneObjectState {
  /** Only spans of this service; of all if empty. */
  service: string;
  /** In place of that, the spans of this trace; empty for none. */
  trace: string;
}

/** State of the screen that checks whether spans lead to profiles. */
export class TraceLinks extends SceneObjectBase<TraceLinksState> {
  static readonly Component = TraceLinksView;

  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['var-service', 'trace'] });

  constructor() {
    super({ service: '', trace: '' });
  }

  narrow = (service: string) => this.setState({ service });

  look = (trace: string) => this.setState({ trace });

  getUrlState() {
    return { 'var-service': this.state.service || undefined, trace: this.state.trace || undefined };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    this.narrow(textFromUrl(values['var-service']) ?? '');
    this.look(textFromUrl(values.trace) ?? '');
  }
}
