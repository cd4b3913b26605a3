import { changeText } from './shareText';

it.each([
  [0.28123, '+28.1%'],
  [-0.5, '−50%'],
  [12.5, '+1250%'],
  // What rounds to nothing has no sign: '−0%' would be read as a fall.
  [-1e-9, '0%'],
  [1e-9, '0%'],
  [0, '0%'],
  [Infinity, 'new'],
])('a change of %p reads %s', (change, text) => {
  expect(changeText(change, 'new')).toBe(text);
});
