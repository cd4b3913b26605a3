import type { TableColumn } from '../state/flameGraphState';

import { columnsThatFit, columnWidth } from './columns';

const DIFF = ['baseline', 'comparison', 'change'] as const;
const tightWhere = (sorts: string) => (id: TableColumn) => columnWidth(id, true, id === sorts);

it.each([
  [400, 'comparison', ['baseline', 'comparison', 'change']],
  [354, 'comparison', ['baseline', 'comparison', 'change']],
  [353, 'comparison', ['comparison', 'change']],
  [240, 'change', ['change']],
  [240, 'baseline', ['baseline', 'change']],
  [20, 'change', ['change']],
] as const)('a table of a diff that is %i pixels wide and sorted by %s', (width, sorts, kept) => {
  expect(columnsThatFit(DIFF, width, tightWhere(sorts), sorts)).toEqual(kept);
});

it('leaves both columns of a profile where they are', () => {
  expect(columnsThatFit(['self', 'total'], 150, tightWhere('self'), 'self')).toEqual(['self', 'total']);
});

it('keeps the only column that is wanted', () => {
  expect(columnsThatFit(['baseline'], 60, tightWhere('function'), 'function')).toEqual(['baseline']);
});
