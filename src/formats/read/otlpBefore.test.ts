import { Writer } from 'protobufjs/minimal';

import { runSliced } from '../../engine';

import { READ_LIMITS } from './limits';
import { readFileSteps } from './readFile';

/** A message of some fields: numbers as varints, texts and bytes as they are, lists packed. */
function message(...fields: Array<[number, number | string | number[] | Uint8Array]>): Uint8Array {
  const writer = Writer.create();
  for (const [field, value] of fields) {
    if (typeof value === 'number') {
      writer.uint32(field << 3).uint32(value);
    } else if (typeof value === 'string') {
      writer.uint32((field << 3) | 2).string(value);
    } else if (value instanceof Uint8Array) {
      writer.uint32((field << 3) | 2).bytes(value);
    } else {
      writer.uint32((field << 3) | 2).fork();
      value.forEach((each) => writer.uint32(each));
      writer.ldelim();
    }
  }
  return writer.finish();
}

const type = message([1, 1], [2, 2]);
const file = (profile: Uint8Array, ...rest: Array<[number, Uint8Array | string]>) =>
  message([1, message([2, message([2, profile])])], ...rest);

const read = (bytes: Uint8Array) => runSliced(readFileSteps(bytes, READ_LIMITS), {});

it.each<[string, Uint8Array]>([
  [
    '1.5, with tables in the profile',
    file(message([1, type], [2, message([1, 0], [2, 1], [3, [5]])], [10, ''], [10, 'samples'])),
  ],
  [
    '1.6, with tables in the file',
    file(message([1, type], [2, message([1, 0], [3, [5]])]), [2, message()], [6, 'samples']),
  ],
  [
    '1.7, with locations of a profile',
    file(message([1, type], [2, message([2, 1], [3, [5]])], [3, [0]]), [2, message([5, ''])]),
  ],
  [
    'JSON of before',
    // In a page as in a test: bytes of this realm.
    Uint8Array.from(
      new TextEncoder().encode(
        JSON.stringify({
          resourceProfiles: [{ scopeProfiles: [{ profiles: [{ sampleType: [{}], sample: [{ value: ['5'] }] }] }] }],
          dictionary: { stringTable: [''] },
        })
      )
    ),
  ],
])('refuses profiles of version %s, and names the version', async (_, bytes) => {
  await expect(read(bytes)).rejects.toThrow('opentelemetry-proto before 1.9');
});

it('reads those of 1.9', async () => {
  const dictionary = message([2, message()], [5, ''], [5, 'samples'], [5, 'count'], [7, message([1, [0]])]);
  const found = await read(file(message([1, type], [2, message([1, 0], [2, [0]], [3, 0], [4, [5]])]), [2, dictionary]));
  expect(found).toMatchObject({ kind: 'profile', file: { format: 'OTLP profiles' } });
});
