import { readDeploys } from './deploys';

const whole = { at: 1000, service: 'a', label: 'version', version: '2', before: '1' };

it('reads deploys and leaves out what is not whole', () => {
  expect(readDeploys([whole, null, 5, {}, { ...whole, before: null }, { ...whole, at: '1' }])).toEqual([whole]);
});

it.each([null, undefined, {}, 'text'])('finds none in %j', (body) => {
  expect(readDeploys(body)).toEqual([]);
});
