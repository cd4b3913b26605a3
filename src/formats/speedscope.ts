import { framesOf, type StackProfile } from './stackProfile';

const UNITS: Readonly<Record<string, string>> = {
  nanoseconds: 'nanoseconds',
  microseconds: 'microseconds',
  milliseconds: 'milliseconds',
  seconds: 'seconds',
  bytes: 'bytes',
};

/**
 * speedscope's JSON, one 'sampled' profile a sample type.
 * Format: speedscope.app/file-format-schema.json.
 */
export function writeSpeedscope(profile: StackProfile, name: string): string {
  const samples = profile.sampleStack.map((stack) => framesOf(profile, stack));
  const profiles = profile.sampleTypes.map(({ type, unit }, index) => {
    const weights = Array.from(profile.values[index]);
    return {
      type: 'sampled',
      name: profile.sampleTypes.length > 1 ? `${name} (${type})` : name,
      unit: UNITS[unit] ?? 'none',
      startValue: 0,
      endValue: weights.reduce((sum, weight) => sum + weight, 0),
      samples,
      weights,
    };
  });
  return JSON.stringify({
    $schema: 'https://www.speedscope.app/file-format-schema.json',
    exporter: 'flamewatch',
    name,
    activeProfileIndex: 0,
    shared: { frames: profile.frames },
    profiles,
  });
}
