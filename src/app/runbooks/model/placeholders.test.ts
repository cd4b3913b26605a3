import { fillCommand, fillQuery, fillText, labelsIn } from './placeholders';

const values = { service: 'order-service', function: '(*Orders).Add "x"', version: 'v1; rm -rf /' };

it('fills prose', () => {
  expect(fillText('{{service}} in {{ function }}, {{pod}}, {{ $labels.x }}, {{unknown}}', values)).toBe(
    'order-service in (*Orders).Add "x", <pod>, {{ $labels.x }}, {{unknown}}'
  );
});

it('puts nothing into a command that a shell reads otherwise than as a word', () => {
  expect(fillCommand('kubectl logs {{service}} {{version}} {{function}} {{pod}}', values)).toBe(
    'kubectl logs order-service <version> <function> <pod>'
  );
  for (const service of [
    '--all',
    '$(id)',
    '`id`',
    'a b',
    "a'b",
    'a\nb',
    'a|b',
    '~',
    '*',
    'a;b',
    'a&b',
    '<b',
    '!x',
    '',
  ]) {
    expect(fillCommand('kubectl delete pod {{service}}', { service })).toBe('kubectl delete pod <service>');
  }
  expect(fillCommand('{{service}}', { service: 'ghcr.io/shop/orders:v1.4.3' })).toBe('ghcr.io/shop/orders:v1.4.3');
});

it('stays inside the quotes of a query', () => {
  expect(fillQuery('{ name = "{{function}}" && x = "{{pod}}" }', values)).toBe(
    '{ name = "(*Orders).Add \\"x\\"" && x = "" }'
  );
});

it('knows which labels a text needs', () => {
  expect(labelsIn('{{namespace}} {{service}} {{ pod }} {{pod}} {{secret}}')).toEqual(['namespace', 'pod']);
});
