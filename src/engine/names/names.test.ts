import normalized from '../../../testdata/names/normalized.json';
import packages from '../../../testdata/names/packages.json';
import { normalizeName } from './normalize';
import { packageOf } from './packageOf';

describe('normalizeName', () => {
  it.each(normalized.vectors.map(({ name, normalized }) => [name, normalized]))('%s', (name, expected) => {
    expect(normalizeName(name)).toBe(expected);
    expect(normalizeName(expected)).toBe(expected);
  });
});

describe('packageOf', () => {
  it.each(packages.vectors.map((vector) => [vector.name, vector.package]))('%s', (name, expected) => {
    expect(packageOf(name)).toBe(expected);
  });
});
