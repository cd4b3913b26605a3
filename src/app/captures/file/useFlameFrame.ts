import { useEffect, useState } from 'react';

import type { DataFrame } from '@grafana/data';
import { t } from '@grafana/i18n';

import { runSliced } from '../../../engine';
import { type Measure, mergedColumnsSteps, type ProfilePart, timeColumnsSteps } from '../../../formats';

import { type Continuous, continuousProfile } from './continuousProfile';
import { flameFrame } from './flameFrame';
import { type ShownMeasure, sidesOf, valuesOf } from './measures';

/** What is drawn of the opened files. */
export interface Shown {
  readonly title: string;
  readonly measure: ShownMeasure;
  /** Of one file, or of several that are merged. */
  readonly parts: readonly ProfilePart[];
  readonly inTime: boolean;
  /** The other side: parts of another file, or a continuous profile. */
  readonly baseline?: readonly ProfilePart[] | Continuous;
}

interface Drawn {
  readonly frame?: DataFrame;
  readonly failure?: string;
  /** What the frame or the failure is of. */
  readonly of: Shown;
}

/** Works out the frame of what is shown, in slices; the one before stays until the next is there. */
export function useFlameFrame(shown: Shown): { frame?: DataFrame; failure?: string; loading: boolean } {
  const [drawn, setDrawn] = useState<Drawn>();
  useEffect(() => {
    const controller = new AbortController();
    frameOf(shown, controller.signal).then(
      (frame) => setDrawn({ frame, of: shown }),
      (error: unknown) => {
        if (!controller.signal.aborted) {
          setDrawn({ failure: error instanceof Error ? error.message : String(error), of: shown });
        }
      }
    );
    return () => controller.abort();
  }, [shown]);
  return { frame: drawn?.frame, failure: drawn?.failure, loading: drawn?.of !== shown };
}

async function frameOf({ title, measure, parts, inTime, baseline }: Shown, signal: AbortSignal): Promise<DataFrame> {
  if (inTime) {
    const columns = await runSliced(timeColumnsSteps(parts[0]), { signal });
    if (columns) {
      return flameFrame(columns, parts[0].timeline!.unit === 'count' ? 'count' : 'nanoseconds', title, 'time');
    }
  }
  const sides = baseline ? await comparedSides(measure, parts, baseline, signal) : sidesOf(measure, parts);
  return flameFrame(await runSliced(mergedColumnsSteps(sides), { signal }), measure.unit, title, measure.type);
}

async function comparedSides(
  measure: ShownMeasure,
  parts: readonly ProfilePart[],
  baseline: readonly ProfilePart[] | Continuous,
  signal: AbortSignal
): Promise<readonly [readonly Measure[], readonly Measure[]]> {
  const left = 'service' in baseline ? [await continuousProfile(baseline, signal)] : valuesOf(measure, baseline);
  const right = valuesOf(measure, parts);
  if ([...left, ...right].some(({ profile, type }) => profile.values[type].some((value) => value < 0))) {
    throw new Error(
      t('app.files.negative', 'One side is a difference already, with values below 0; it cannot be compared again.')
    );
  }
  return [left, right];
}
