import {
  SceneObjectBase,
  type SceneObjectState,
  SceneObjectUrlSyncConfig,
  type SceneObjectUrlValues,
} from '@grafana/scenes';

import { textFromUrl } from '../screen/urlText';

import { CoverageView } from './CoverageView';

interface CoverageState extends SceneObjectState {
  /** What a service's name contains. */
  search: string;
  /** Only services that lack something. */
  onlyGaps: boolean;
}

/** The screen of coverage; what is searched is in the URL. */
export class CoverageScreen extends SceneObjectBase<CoverageState> {
  static readonly Component = CoverageView;

  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['search', 'gaps'] });

  constructor() {
    super({ search: '', onlyGaps: false });
  }

  getUrlState() {
    const { search, onlyGaps } = this.state;
    return { search: search || undefined, gaps: onlyGaps ? 'only' : undefined };
  }

  updateFromUrl({ search, gaps }: SceneObjectUrlValues) {
    this.setState({ search: textFromUrl(search) ?? '', onlyGaps: gaps === 'only' });
  }
}
