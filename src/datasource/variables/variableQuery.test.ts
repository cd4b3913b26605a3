import { readVariableQuery } from './variableQuery';

const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';

it.each([
  ["core's profile types", { type: 'profileType', refId: 'q' }, { type: 'profileType', refId: 'q' }],
  ["core's labels", { type: 'label', profileTypeId: CPU, refId: 'q' }, { type: 'label', profileTypeId: CPU }],
  [
    "core's label values",
    { type: 'labelValue', profileTypeId: CPU, labelName: 'pod', refId: 'q' },
    { type: 'labelValue', profileTypeId: CPU, labelName: 'pod' },
  ],
  ['a model without a refId', { type: 'label' }, { type: 'label', refId: 'variable' }],
  ['label_values(pod)', 'label_values(pod)', { type: 'labelValue', labelName: 'pod' }],
  [
    'label values of a selector',
    ' label_values({service_name="a, b", pod=~"x.*"}, k8s.node ) ',
    { type: 'labelValue', labelName: 'k8s.node', labelSelector: '{service_name="a, b", pod=~"x.*"}' },
  ],
  [
    'label values of a type and a selector',
    `label_values(${CPU}{a="$b"}, $label)`,
    { type: 'labelValue', labelName: '$label', profileTypeId: CPU, labelSelector: '{a="$b"}' },
  ],
  ['label_names()', 'label_names()', { type: 'label' }],
  ['label names of a type', `label_names(${CPU})`, { type: 'label', profileTypeId: CPU }],
  ['profile_types()', 'profile_types()', { type: 'profileType' }],
  ['profileTypes()', 'profileTypes()', { type: 'profileType' }],
  ['a text in a query', { query: 'label_values(pod)', refId: 'x' }, { type: 'labelValue', labelName: 'pod' }],
])('reads %s', (_, saved, expected) => {
  expect(readVariableQuery(saved)).toMatchObject(expected);
});

it.each([
  ['an empty text', ''],
  ['a text of PromQL', 'up{}'],
  ['nothing', undefined],
  ['null', null],
  ['a number', 7],
  ['an unknown model', { type: 'x' }],
])('lists nothing for %s', (_, saved) => {
  expect(readVariableQuery(saved)).toBeUndefined();
});
