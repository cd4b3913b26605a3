import { useCallback } from 'react';

import { type Answer, useAnswer } from '../../datasource/resources/useAnswer';
import { listSilences } from '../alerting/alertingApi';
import type { Silence } from '../alerting/silence';

/** The silences in force, asked once and again by retry; the value is undefined where this Grafana has no alerting. */
export function useSilences(): Answer<Silence[] | undefined> {
  return useAnswer(useCallback(() => listSilences(), []));
}
