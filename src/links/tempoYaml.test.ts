import { parse } from 'yaml';

import { DEFAULT_TAG_RULES } from './spanProfile';
import { tempoYaml } from './tempoYaml';

const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';

it('is a file that Grafana reads', () => {
  const traces = { name: 'My "Tempo": 1', uid: 'te$mpo', url: 'http://tempo:3200' };
  const yaml = tempoYaml({ traces, profilesUid: 'hot', profileTypeId: CPU, rules: DEFAULT_TAG_RULES });
  expect(parse(yaml)).toEqual({
    apiVersion: 1,
    datasources: [
      {
        ...traces,
        uid: 'te$$mpo',
        type: 'tempo',
        jsonData: {
          tracesToProfiles: { datasourceUid: 'hot', profileTypeId: CPU, tags: [...DEFAULT_TAG_RULES] },
        },
      },
    ],
  });
});

it('leaves tags out where Grafana shall choose them', () => {
  expect(parse(tempoYaml({ profilesUid: 'hot', profileTypeId: CPU, rules: [] }))).toMatchObject({
    datasources: [
      { name: 'Tempo', uid: 'tempo', jsonData: { tracesToProfiles: { datasourceUid: 'hot', profileTypeId: CPU } } },
    ],
  });
});
