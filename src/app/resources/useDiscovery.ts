import { memoize } from 'lodash';
import { useMemo } from 'react';

import { Discovery } from '../../datasource/resources/Discovery';

import { fetchResourceOf } from './fetchResource';

const discoveryOf = memoize((datasourceUid: string) => new Discovery(fetchResourceOf(datasourceUid)));

/** What a data source holds; one for each, so that screens share its answers. */
export function useDiscovery(datasourceUid: string): Discovery {
  return useMemo(() => discoveryOf(datasourceUid), [datasourceUid]);
}
