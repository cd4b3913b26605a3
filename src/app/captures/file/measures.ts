import { commonUnit, hasNegative, type Measure, type ProfilePart } from '../../../formats';

/** Something that can be shown of a file: a sample type, or the difference that it holds. */
export interface ShownMeasure {
  /** Type and unit; the same in another file means that both can be added and compared. */
  readonly key: string;
  readonly type: string;
  readonly unit: 'nanoseconds' | 'bytes' | 'count';
  /** Parts that have it. */
  readonly parts: readonly ProfilePart[];
  readonly isDiff: boolean;
}

const BASELINE = '_baseline';
const COMPARISON = '_comparison';

/** What the parts of a file measure, in the order of the file; a difference comes before its sides. */
export function measuresOf(parts: readonly ProfilePart[]): ShownMeasure[] {
  const found = new Map<string, ShownMeasure & { readonly parts: ProfilePart[] }>();
  const add = (part: ProfilePart, type: string, unit: string, isDiff: boolean) => {
    const common = commonUnit(unit).unit;
    const key = `${isDiff ? 'difference ' : ''}${type} ${common}`;
    const measure = found.get(key);
    if (!measure) {
      found.set(key, { key, type, unit: common, parts: [part], isDiff });
    } else if (measure.parts.at(-1) !== part) {
      measure.parts.push(part);
    }
  };
  for (const part of parts) {
    for (const { type, unit } of part.profile.sampleTypes) {
      const name = type.slice(0, -BASELINE.length);
      if (type.endsWith(BASELINE) && part.profile.sampleTypes.some((other) => other.type === name + COMPARISON)) {
        add(part, name, unit, true);
      }
    }
    part.profile.sampleTypes.forEach(({ type, unit }) => add(part, type, unit, false));
  }
  return [...found.values()];
}

/** What to show first: what the first part says, or its difference. */
export function firstMeasure(parts: readonly ProfilePart[]): ShownMeasure | undefined {
  const measures = measuresOf(parts);
  const [first] = parts;
  const preferred = first?.profile.sampleTypes[first.defaultType];
  return (
    measures.find(({ isDiff }) => isDiff) ??
    measures.find(({ type, unit }) => type === preferred?.type && unit === commonUnit(preferred.unit).unit) ??
    measures[0]
  );
}

/** The values of some parts. */
export function valuesOf({ type, isDiff, unit }: ShownMeasure, parts: readonly ProfilePart[]): readonly Measure[] {
  const wanted = isDiff ? type + COMPARISON : type;
  return parts.flatMap(({ profile }) => {
    const index = profile.sampleTypes.findIndex((each) => each.type === wanted && commonUnit(each.unit).unit === unit);
    return index < 0 ? [] : [{ profile, type: index }];
  });
}

/** Both sides, when a difference is shown: that of the file, or what is below and above 0. */
export function sidesOf(
  measure: ShownMeasure,
  parts: readonly ProfilePart[]
): readonly [readonly Measure[]] | readonly [readonly Measure[], readonly Measure[]] {
  if (measure.isDiff) {
    return [valuesOf({ ...measure, type: measure.type + BASELINE, isDiff: false }, parts), valuesOf(measure, parts)];
  }
  const values = valuesOf(measure, parts);
  if (values.some(hasNegative)) {
    const only = (sign: 'below' | 'above') => values.map<Measure>((each) => ({ ...each, only: sign }));
    return [only('below'), only('above')];
  }
  return [values];
}
