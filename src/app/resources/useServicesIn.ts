import { useCallback } from 'react';

import type { TimeRange } from '@grafana/data';

import { spanOf } from '../../datasource/resources/span';
import { type Answer, useAnswer } from '../../datasource/resources/useAnswer';

import type { Services } from './ServiceDirectory';
import { useServiceDirectory } from './useServiceDirectory';

/** The services of a range, and the profile types that they send. */
export function useServicesIn(datasourceUid: string, range: TimeRange): Answer<Services> {
  const directory = useServiceDirectory(datasourceUid);
  return useAnswer(useCallback(() => directory.services(spanOf(range)), [directory, range]));
}
