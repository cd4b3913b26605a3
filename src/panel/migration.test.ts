import { migrateOptions } from './migration';
import { DEFAULT_OPTIONS, OPTIONS_VERSION } from './options';

describe('migrateOptions', () => {
  it('keeps options of today', () => {
    const options = { ...DEFAULT_OPTIONS, layout: 'table', maxNames: 7, sandwich: 'main.work', columns: ['total'] };
    expect(migrateOptions({ options })).toEqual(options);
  });

  it('keeps the path that a screen begins with, if it is one', () => {
    const focus = ['total', 'main.main'];
    expect(migrateOptions({ options: { focus } })).toEqual({ ...DEFAULT_OPTIONS, focus });
    expect(migrateOptions({ options: { focus: ['total', 7] } })).toEqual(DEFAULT_OPTIONS);
  });

  it.each([undefined, null, 'text', 7, {}])('makes defaults of %p', (options) => {
    expect(migrateOptions({ options })).toEqual(DEFAULT_OPTIONS);
  });

  it('replaces what is of another type or unknown, and nothing else', () => {
    const options = { layout: 'pie', direction: 'flame', columns: ['self', 'weight'], maxNames: -1, links: 3 };
    expect(migrateOptions({ options })).toEqual({ ...DEFAULT_OPTIONS, direction: 'flame', columns: ['self'] });
  });

  it('writes today’s version', () => {
    expect(migrateOptions({ options: { version: 99 } }).version).toBe(OPTIONS_VERSION);
  });
});
