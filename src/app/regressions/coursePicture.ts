import type { DeployMark, Finding } from './findings';

/** A finding's course as SVG, in pixels. */
export interface CoursePicture {
  /** Paths through the shares of the baseline and of the comparison. */
  baseline: string;
  comparison: string;
  /** Where the comparison begins. */
  border: number;
  /** Where the new level began; undefined outside both windows. */
  since?: number;
  deploys: Array<{ x: number; mark: DeployMark }>;
  /** The largest share. */
  highest: number;
}

/**
 * The course drawn bucket by bucket: the windows may lie days apart, so places are buckets and not times. Shares stand on
 * 0; a bucket without a profile has no place.
 */
export function coursePicture(
  { course, since }: Pick<Finding, 'course' | 'since'>,
  deploys: readonly DeployMark[],
  width: number,
  height: number
): CoursePicture {
  const { at, share, baselineBuckets } = course;
  const highest = Math.max(0, ...share);
  const step = share.length > 0 ? width / share.length : 0;
  // A pixel of air, so that the line is not cut at the top and the bottom.
  const yOf = (value: number) => height - 1 - (highest > 0 ? value / highest : 0) * (height - 2);
  const line = (from: number, to: number) => {
    const points = share
      .slice(from, to)
      .map((value, i) => `${((from + i + 0.5) * step).toFixed(1)} ${yOf(value).toFixed(1)}`);
    // A single value would be a point that nobody sees.
    return points.length === 0 ? '' : `M${points.join('L')}${points.length === 1 ? 'h0.1' : ''}`;
  };
  const border = baselineBuckets * step;
  const placeOf = (moment: number) => {
    const bucket = bucketOf(at, moment);
    return bucket === undefined ? undefined : bucket * step;
  };
  // A deploy between the windows is what divides them: a window that it cut ends before it, or begins once it is warm.
  const isBetween = (moment: number) => moment >= at[baselineBuckets - 1] && moment < at[baselineBuckets];
  return {
    baseline: line(0, baselineBuckets),
    comparison: line(baselineBuckets, share.length),
    border,
    since: placeOf(since),
    deploys: deploys.flatMap((mark) => {
      const x = placeOf(mark.at) ?? (isBetween(mark.at) ? border : undefined);
      return x === undefined ? [] : [{ x, mark }];
    }),
    highest,
  };
}

/** The bucket in which a moment lies, by the ends of the buckets; undefined between and outside the windows. */
function bucketOf(ends: readonly number[], moment: number): number | undefined {
  const bucket = ends.findIndex((end, i) => moment < end && moment >= end - lengthOf(ends, i));
  return bucket < 0 ? undefined : bucket;
}

/** The shortest distance to a neighbour: between the windows there may be days. */
function lengthOf(ends: readonly number[], i: number): number {
  const distances = [ends[i] - ends[i - 1], ends[i + 1] - ends[i]].filter((distance) => distance > 0);
  return distances.length === 0 ? 0 : Math.min(...distances);
}
