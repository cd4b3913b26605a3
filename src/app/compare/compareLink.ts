import { compareUrl, type LinkedPart, type ProfilesState } from '../../links/appUrl';
import type { LinkedRange } from '../../links/linked';
import { labelSelectorOf } from '../selection/profileSelection';

import { shiftBack } from './shiftRange';

interface Shown extends Pick<ProfilesState, 'datasourceUid' | 'profileTypeId' | 'service'> {
  filters?: string;
  range: LinkedRange;
  part?: LinkedPart;
  /** How long the range is. */
  seconds: number;
}

/**
 * Path and query of the comparison of what a screen shows: with the time before it that is as long, or, where a part of
 * the range is looked at, that part with the whole range.
 */
export function compareLink({
  datasourceUid,
  profileTypeId,
  service,
  filters = '',
  range,
  part,
  seconds,
}: Shown): string {
  const selector = labelSelectorOf({ service, filters });
  return compareUrl({
    datasourceUid,
    profileTypeId,
    baseline: { selector, range: part ? range : shiftBack(range, seconds) },
    comparison: { selector, range, part },
  });
}
