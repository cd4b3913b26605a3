import { coursePicture } from './coursePicture';
import { finding } from './testing';

const MINUTE = 60_000;

const course = (share: number[], at = share.map((_, i) => (i + 1) * MINUTE), baselineBuckets = 2) => ({
  course: { at, share, baselineBuckets },
  since: 2.5 * MINUTE,
});

it('draws both windows and marks', () => {
  const deploys = [
    { at: 2.2 * MINUTE, version: 'b', before: 'a' },
    { at: 99 * MINUTE, version: 'c', before: 'b' },
  ];
  const picture = coursePicture(course([0.1, 0.1, 0.2, 0.2]), deploys, 40, 22);
  expect(picture.baseline).toBe('M5.0 11.0L15.0 11.0');
  expect(picture.comparison).toBe('M25.0 1.0L35.0 1.0');
  expect(picture).toMatchObject({ border: 20, since: 20, highest: 0.2 });
  expect(picture.deploys).toEqual([{ x: 20, mark: deploys[0] }]);
});

it('finds no place for a moment between windows that lie apart', () => {
  const day = 24 * 60 * MINUTE;
  const at = [MINUTE, 2 * MINUTE, day + MINUTE, day + 2 * MINUTE];
  const apart = course([1, 1, 1, 1], at);
  expect(coursePicture({ ...apart, since: day / 2 }, [], 40, 20).since).toBeUndefined();
  expect(coursePicture({ ...apart, since: day + 1.5 * MINUTE }, [], 40, 20).since).toBe(30);
  const between = { at: day / 2, version: 'b', before: 'a' };
  expect(coursePicture(apart, [between], 40, 20).deploys).toEqual([{ x: 20, mark: between }]);
});

it.each([[[]], [[0, 0]], [[0.5]], [[0.5, 0.1, 0.2]]])('draws %j without a number that is none', (share) => {
  const picture = coursePicture(course(share), [], 100, 20);
  expect(JSON.stringify(picture)).not.toMatch(/NaN|Infinity|null/);
});

it('draws the finding of the tests', () => {
  expect(coursePicture(finding(), [], 100, 20).comparison).not.toBe('');
});
