import { LoadingState } from '@grafana/data';
import {
  SceneObjectBase,
  type SceneObjectState,
  SceneObjectUrlSyncConfig,
  type SceneObjectUrlValues,
  SceneQueryRunner,
} from '@grafana/scenes';

import { SERVICE_LABEL } from '../../datasource/editor/useFirstChoice';
import { EVERYTHING } from '../../datasource/migrate';
import type { ProfilesQuery } from '../../datasource/query';
import { PICKED_DATASOURCE } from '../screen/datasourceOf';
import { textFromUrl } from '../screen/urlText';

import { ServicesView } from './ServicesView';
import type { Order } from './serviceRows';

/** The most services whose cost is asked for; the backend would show 20 by itself. */
const MOST_SERVICES = 500;

const ANY_SERVICE = `{${SERVICE_LABEL}!=""}`;

/** Buckets of a sparkline. */
const POINTS = 60;

interface ServicesOverviewState extends SceneObjectState {
  /** Undefined until the user or the list of types has chosen one. */
  profileTypeId?: string;
  search: string;
  order: Order;
  $data: SceneQueryRunner;
}

/** State of the screen of all services: what is measured, searched and sorted by. One query gives every cost. */
export class ServicesOverview extends SceneObjectBase<ServicesOverviewState> {
  static readonly Component = ServicesView;

  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['var-profileType', 'search', 'sort'] });

  constructor() {
    super({
      search: '',
      order: 'cost',
      $data: new SceneQueryRunner({ datasource: PICKED_DATASOURCE, queries: [], maxDataPoints: POINTS }),
    });
    this.addActivationHandler(() => {
      if (this.state.profileTypeId !== undefined && this.costs.state.queries.length === 0) {
        this.askForCosts(this.state.profileTypeId);
      }
    });
  }

  get costs(): SceneQueryRunner {
    return this.state.$data;
  }

  chooseProfileType = (profileTypeId: string) => {
    this.setState({ profileTypeId });
    this.askForCosts(profileTypeId);
  };

  /** Asks for the cost of any type: where there is no profile at all, the backend answers with the reason. */
  askWhyEmpty() {
    this.askForCosts('');
  }

  search = (search: string) => this.setState({ search });

  sortBy = (order: Order) => this.setState({ order });

  cancel() {
    if (this.costs.state.data?.state === LoadingState.Loading) {
      this.costs.cancelQuery();
    }
  }

  retry() {
    this.costs.runQueries();
  }

  getUrlState() {
    const { profileTypeId, search, order } = this.state;
    return {
      'var-profileType': profileTypeId || undefined,
      search: search || undefined,
      sort: order === 'cost' ? undefined : order,
    };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    const profileTypeId = textFromUrl(values['var-profileType']);
    if (profileTypeId !== undefined) {
      this.chooseProfileType(profileTypeId);
    }
    if ('search' in values) {
      this.search(textFromUrl(values.search) ?? '');
    }
    if ('sort' in values) {
      this.sortBy(values.sort === 'name' ? 'name' : 'cost');
    }
  }

  private askForCosts(profileTypeId: string) {
    const query: ProfilesQuery = {
      refId: 'costs',
      queryType: 'metrics',
      profileTypeId,
      // The data source does not send a query that names neither a type nor a label.
      labelSelector: profileTypeId === '' ? ANY_SERVICE : EVERYTHING,
      groupBy: [SERVICE_LABEL],
      limit: MOST_SERVICES,
    };
    this.costs.setState({ queries: [query] });
    if (this.isActive) {
      this.costs.runQueries();
    }
  }
}
