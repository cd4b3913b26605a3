import { CaptureAnswer } from './CaptureAnswer';

const PROGRESS = { phase: 'recording', take: 1, takes: 1, elapsed: 1, of: 10, bytes: 0 };

/** Lines and bytes as the backend sends them. */
function answerOf(...parts: Array<object | number[]>): Uint8Array {
  const encoder = new TextEncoder();
  return Uint8Array.from(
    parts.flatMap((part) => (Array.isArray(part) ? part : [...encoder.encode(`${JSON.stringify(part)}\n`)]))
  );
}

const WHOLE = answerOf(
  { progress: PROGRESS },
  {
    profiles: [
      { bytes: 3, at: 1000 },
      { bytes: 2, at: 2000 },
    ],
  },
  // A line feed and a brace in a profile are bytes as others.
  [10, 123, 7],
  [9, 10]
);

it.each([1, 2, 7, 64, 10_000])('reads an answer that comes in parts of %d bytes', (size) => {
  const answer = new CaptureAnswer();
  for (let at = 0; at < WHOLE.length; at += size) {
    expect(answer.takes()).toBeUndefined();
    answer.push(WHOLE.subarray(at, at + size));
  }
  expect(answer.progress).toEqual(PROGRESS);
  expect(answer.takes()).toEqual([
    { at: 1000, bytes: Uint8Array.of(10, 123, 7) },
    { at: 2000, bytes: Uint8Array.of(9, 10) },
  ]);
});

it('tells how much of the profiles has come', () => {
  const answer = new CaptureAnswer();
  answer.push(answerOf({ progress: PROGRESS }));
  expect(answer.received).toBeUndefined();
  answer.push(answerOf({ profiles: [{ bytes: 4, at: 0 }] }, [1]));
  expect(answer.received).toEqual({ bytes: 1, of: 4 });
});

it('says what went wrong after the first progress', () => {
  const answer = new CaptureAnswer();
  answer.push(answerOf({ progress: PROGRESS }, { problem: { message: 'Shop is gone.', status: 502 } }));
  expect(answer.problem).toMatchObject({ message: 'Shop is gone.' });
  expect(answer.takes()).toBeUndefined();
});

it('does not read what is no answer of ours', () => {
  expect(() => new CaptureAnswer().push(new TextEncoder().encode('<html>\n'))).toThrow();
});
