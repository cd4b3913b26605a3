import {
  SceneObjectBase,
  type SceneObjectState,
  SceneObjectUrlSyncConfig,
  type SceneObjectUrlValues,
} from '@grafana/scenes';

import { textFromUrl } from '../screen/urlText';

import { guidesOf, type Language, LANGUAGES, type Way } from './guides';
import { SetupView } from './SetupView';

interface SetupState extends SceneObjectState {
  language: Language;
  way: Way;
  service: string;
  /** Address that the programs reach; undefined as long as the person did not change the data source's. */
  address?: string;
}

/** The screen of set-up: what is chosen is in the URL, so that a guide can be sent to a colleague. */
export class SetupScreen extends SceneObjectBase<SetupState> {
  static readonly Component = SetupView;

  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['language', 'way', 'service', 'address'] });

  constructor() {
    super({ language: 'go', way: 'sdk', service: 'my-service' });
  }

  getUrlState() {
    const { language, way, service, address } = this.state;
    return { language, way, service, address };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    const language = LANGUAGES.find((known) => known === textFromUrl(values.language)) ?? this.state.language;
    this.setState({
      language,
      way: wayIn(language, textFromUrl(values.way)),
      service: textFromUrl(values.service) ?? this.state.service,
      address: textFromUrl(values.address),
    });
  }

  /** The way stays where the language has it. */
  chooseLanguage(language: Language) {
    this.setState({ language, way: wayIn(language, this.state.way) });
  }
}

function wayIn(language: Language, wanted: string | undefined): Way {
  const ways = guidesOf(language).map(({ way }) => way);
  return ways.find((way) => way === wanted) ?? ways[0] ?? 'sdk';
}
