import type { Steps } from '../engine';

import { ByteChunks } from './byteChunks';
import { framesOf, type StackProfile } from './stackProfile';

const UNITS: Readonly<Record<string, string>> = {
  nanoseconds: 'nanoseconds',
  microseconds: 'microseconds',
  milliseconds: 'milliseconds',
  seconds: 'seconds',
  bytes: 'bytes',
};
/** Samples between two looks at the clock. */
const A_STEP = 512;

/**
 * speedscope's JSON, one 'sampled' profile a sample type, written piece by piece.
 * Format: speedscope.app/file-format-schema.json.
 *
 * @throws a RangeError when the file would become too large
 */
export function* speedscopeSteps(profile: StackProfile, name: string): Steps<Uint8Array[]> {
  const file = new ByteChunks();
  const { frames, sampleTypes, sampleStack } = profile;
  const head = {
    $schema: 'https://www.speedscope.app/file-format-schema.json',
    exporter: 'flamewatch',
    name,
    activeProfileIndex: 0,
    shared: { frames },
  };
  file.write(`${JSON.stringify(head).slice(0, -1)},"profiles":[`);
  for (let type = 0; type < sampleTypes.length; type++) {
    const weights = Array.from(profile.values[type]);
    const facts = {
      type: 'sampled',
      name: sampleTypes.length > 1 ? `${name} (${sampleTypes[type].type})` : name,
      unit: UNITS[sampleTypes[type].unit] ?? 'none',
      startValue: 0,
      endValue: weights.reduce((sum, weight) => sum + weight, 0),
      weights,
    };
    file.write(`${type > 0 ? ',' : ''}${JSON.stringify(facts).slice(0, -1)},"samples":[`);
    for (let sample = 0; sample < sampleStack.length; sample++) {
      file.write(`${sample > 0 ? ',' : ''}[${framesOf(profile, sampleStack[sample]).join(',')}]`);
      if (sample % A_STEP === 0) {
        yield (type + sample / sampleStack.length) / sampleTypes.length;
      }
    }
    file.write(']}');
  }
  file.write(']}');
  return file.all();
}
