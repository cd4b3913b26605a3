import { readRunbook } from '../runbooks/model/runbook';

import { lessonOf } from '../screen/LearnLink';

import { LESSONS } from './lessons';

it.each(Object.entries(LESSONS))('%s is whole: a title, a summary, live blocks that can be read', (slug, text) => {
  const lesson = readRunbook(slug, text);
  expect(lesson.faults).toEqual([]);
  expect(lesson.title).not.toBe('');
  expect(lesson.summary).not.toBe('');
});

it.each([
  'services',
  'explore',
  'compare',
  'regressions',
  'captures',
  'alerts',
  'coverage',
  'setup',
  'traces',
  'runbooks',
])('explains the screen %s', (screen) => {
  expect(Object.keys(LESSONS)).toContain(lessonOf(screen));
});
