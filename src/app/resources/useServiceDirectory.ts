import { memoize } from 'lodash';
import { useMemo } from 'react';

import { fetchResourceOf } from './fetchResource';
import { ServiceDirectory } from './ServiceDirectory';

/** One directory for each data source, so that screens share its answers. */
export const serviceDirectoryOf = memoize(
  (datasourceUid: string) => new ServiceDirectory(fetchResourceOf(datasourceUid))
);

export function useServiceDirectory(datasourceUid: string): ServiceDirectory {
  return useMemo(() => serviceDirectoryOf(datasourceUid), [datasourceUid]);
}
