import { createDataFrame } from '@grafana/data';

import { suggestionsFor } from './suggestions';

describe('suggestionsFor', () => {
  it('suggests the panel for a flame graph', () => {
    const frame = createDataFrame({
      fields: [
        { name: 'level', values: [0] },
        { name: 'value', values: [1] },
        { name: 'label', values: ['total'] },
      ],
    });
    expect(suggestionsFor([frame])).toHaveLength(1);
  });

  it('leaves other frames to other panels', () => {
    expect(suggestionsFor([createDataFrame({ fields: [{ name: 'value', values: [1] }] })])).toEqual([]);
  });
});
