import {
  ALL,
  CONTINUOUS,
  type FileChoice,
  fileChoiceFromUrl,
  fileChoiceToUrl,
  missingFiles,
  namesOf,
} from './fileChoice';

const chosen: FileChoice = {
  profile: 'cpu.pb.gz',
  measure: 'cpu nanoseconds',
  part: '1',
  against: CONTINUOUS,
  view: 'time',
  service: 'orders',
  type: 'process_cpu:cpu:nanoseconds:cpu:nanoseconds',
  minutes: 60,
};

it('survives the address', () => {
  expect(fileChoiceFromUrl({}, fileChoiceToUrl(chosen))).toEqual(chosen);
});

it('keeps what the address does not name, and drops what it empties', () => {
  expect(fileChoiceFromUrl(chosen, { 'file-against': null })).toEqual({ ...chosen, against: undefined });
});

it.each([
  [{ 'file-view': 'sideways' }, 'view'],
  [{ 'file-minutes': '-5' }, 'minutes'],
  [{ 'file-minutes': 'all' }, 'minutes'],
] as const)('takes %j for absent', (values, key) => {
  expect(fileChoiceFromUrl({}, values)[key]).toBeUndefined();
});

it('knows which files have to be opened again', () => {
  expect(missingFiles({ profile: 'a', against: 'b' }, ['b'])).toEqual(['a']);
  expect(missingFiles({ profile: ALL, against: CONTINUOUS }, [])).toEqual([]);
});

it('tells files of the same name apart', () => {
  expect(namesOf([{ name: 'cpu' }, { name: 'heap' }, { name: 'cpu' }])).toEqual(['cpu', 'heap', 'cpu (2)']);
});
