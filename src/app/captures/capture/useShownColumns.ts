import { useEffect, useState } from 'react';

import type { Span } from '../../../datasource/resources/span';
import { describeFailure } from '../../../datasource/resources/failure';
import { flameFrame } from '../../flame/flameFrame';
import type { FrameChart } from '../../flame/FrameChart';

import { columnsOfProfile, type ComparableProfile } from './capturedProfile';

interface Shown {
  profile?: ComparableProfile;
  type: number;
  baseline?: ComparableProfile;
  span: Span;
}

/** Puts a profile, or its difference from a baseline, into the chart; what is outdated is dropped. */
export function useShownColumns(chart: FrameChart, { profile, type, baseline, span }: Shown) {
  const [done, setDone] = useState<{ of: string; failure?: string; isEmpty?: boolean }>();
  const { start, end } = span;
  const key = profile && [profile.id, type, baseline?.id].join('\n');
  useEffect(() => {
    if (!profile || key === undefined) {
      return;
    }
    const abort = new AbortController();
    const title = baseline ? `${baseline.title} → ${profile.title}` : profile.title;
    columnsOfProfile(profile, type, baseline, abort.signal)
      .then((columns) => {
        if (abort.signal.aborted) {
          return;
        }
        chart.show(title, flameFrame('response', columns, profile.sampleTypes[type]), { start, end });
        setDone({ of: key, isEmpty: columns.level.length <= 1 });
      })
      .catch((error: unknown) => abort.signal.aborted || setDone({ of: key, failure: describeFailure(error) }));
    return () => abort.abort();
  }, [chart, key, profile, type, baseline, start, end]);
  const isDone = done !== undefined && done.of === key;
  return {
    isLoading: key !== undefined && !isDone,
    failure: isDone ? done.failure : undefined,
    isEmpty: isDone && done.isEmpty,
  };
}
