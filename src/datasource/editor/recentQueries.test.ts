import { recentQueries, rememberQuery } from './recentQueries';

beforeEach(() => localStorage.clear());

it('keeps the last twenty, each once, the last one first', () => {
  Array.from({ length: 25 }, (_, i) => `cpu limit ${i}`).forEach(rememberQuery);
  rememberQuery(' cpu limit 20 ');
  expect(recentQueries()).toHaveLength(20);
  expect(recentQueries().slice(0, 3)).toEqual(['cpu limit 20', 'cpu limit 24', 'cpu limit 23']);
});

it('keeps nothing empty and nothing huge', () => {
  rememberQuery('  ');
  rememberQuery('x'.repeat(1 << 20));
  expect(recentQueries()).toEqual([]);
});

it.each(['{', '{"a":1}', '[1, null]'])('does not trip over %s', (stored) => {
  localStorage.setItem('flamewatch.flameql.recent', stored);
  expect(recentQueries()).toEqual([]);
  rememberQuery('cpu');
  expect(recentQueries()).toEqual(['cpu']);
});

it('works where nothing can be stored', () => {
  const refuse = jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new Error('full');
  });
  expect(() => rememberQuery('cpu')).not.toThrow();
  refuse.mockRestore();
});
