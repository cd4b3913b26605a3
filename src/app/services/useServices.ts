import { useCallback, useEffect, useMemo, useState } from 'react';

import { LoadingState } from '@grafana/data';
import { sceneGraph } from '@grafana/scenes';

import { firstChoice } from '../../datasource/profileTypes/profileType';
import { spanOf } from '../../datasource/resources/span';
import { useAnswer } from '../../datasource/resources/useAnswer';
import { useServiceDirectory } from '../resources/useServiceDirectory';
import { failureOf, noticesOf } from '../screen/failureOf';

import { costsOf, type ServiceCosts } from './serviceCosts';
import { rowsOf, type ServiceRow } from './serviceRows';
import type { ServicesOverview } from './ServicesOverview';

/** What is known of the services so far. */
export interface ServicesAnswer {
  rows: ServiceRow[];
  /** Ids of all types in the range. */
  profileTypes: string[];
  costs?: ServiceCosts;
  /** No service is known yet, and the directory has not answered. */
  waiting: boolean;
  loading: boolean;
  costsLoading: boolean;
  cancelled: boolean;
  /** Why the services are not known. */
  failure?: string;
  /** Why their cost is not known. */
  costFailure?: string;
  /** What the backend says of the costs, e.g. why there are none. */
  notices: string[];
  cancel: () => void;
  retry: () => void;
}

/** The directory of services and their costs, asked side by side, anew with every change of range or data source. */
export function useServices(
  model: ServicesOverview,
  datasourceUid: string,
  favourites: ReadonlySet<string>
): ServicesAnswer {
  const { profileTypeId, order } = model.useState();
  const { data } = model.costs.useState();
  const { value: range } = sceneGraph.getTimeRange(model).useState();
  const directory = useServiceDirectory(datasourceUid);

  const ask = useCallback(() => directory.services(spanOf(range)), [directory, range]);
  const [cancelledAsk, setCancelledAsk] = useState<typeof ask>();
  const cancelled = cancelledAsk === ask;
  const answer = useAnswer(datasourceUid === '' || cancelled ? undefined : ask);

  const profileTypes = answer.value?.profileTypes;
  useEffect(() => {
    if (profileTypeId === undefined && profileTypes !== undefined) {
      const first = firstChoice(profileTypes);
      if (first === undefined) {
        model.askWhyEmpty();
      } else {
        model.chooseProfileType(first);
      }
    }
  }, [model, profileTypeId, profileTypes]);

  const costs = useMemo(() => costsOf(data?.series ?? []), [data?.series]);
  const services = answer.value?.services;
  const rows = useMemo(() => rowsOf(services ?? [], costs, order, favourites), [services, costs, order, favourites]);
  const costsLoading = data?.state === LoadingState.Loading;

  return {
    rows,
    profileTypes: profileTypes ?? [],
    costs,
    waiting: rows.length === 0 && services === undefined && answer.failure === undefined && !cancelled,
    loading: answer.loading || costsLoading,
    costsLoading,
    cancelled,
    failure: answer.failure,
    costFailure: failureOf(data),
    notices: noticesOf(data),
    cancel: () => {
      setCancelledAsk(() => ask);
      model.cancel();
    },
    retry: () => {
      setCancelledAsk(undefined);
      answer.retry();
      model.retry();
    },
  };
}
