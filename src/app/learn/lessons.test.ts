import { readRunbook } from '../runbooks/model/runbook';

import { LESSONS } from './lessons';

it.each(Object.entries(LESSONS))('%s is whole: a title, a summary, live blocks that can be read', (slug, text) => {
  const lesson = readRunbook(slug, text);
  expect(lesson.faults).toEqual([]);
  expect(lesson.title).not.toBe('');
  expect(lesson.summary).not.toBe('');
});
