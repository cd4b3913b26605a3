import {
  isAddress,
  PRESETS,
  readInstances,
  readLabels,
  targetOfPreset,
  writeInstances,
  writeLabels,
} from './captureTarget';

it('gives every target an id of its own, as the backend takes them', () => {
  const [, apiserver] = PRESETS;
  const first = targetOfPreset(apiserver, []);
  const second = targetOfPreset(apiserver, [first]);
  expect([first.id, second.id]).toEqual(['kube-apiserver', 'kube-apiserver-2']);
  expect(second.name).toBe('kube-apiserver 2');
  for (const preset of PRESETS) {
    expect(targetOfPreset(preset, []).id).toMatch(/^[a-z0-9][a-z0-9-]{0,62}$/);
    expect(isAddress(preset.url)).toBe(true);
  }
});

it('reads labels and instances as they are written', () => {
  const labels = { service_name: 'etcd', note: 'a=b' };
  expect(readLabels(writeLabels(labels))).toEqual(labels);
  expect(readLabels('\n =x\nname')).toEqual({ name: '' });
  const instances = [{ name: 'node 1', url: 'https://a:10250' }, { url: 'https://b:10250' }];
  expect(readInstances(`\n${writeInstances(instances)}\n\n`)).toEqual(instances);
});

it.each(['', 'shop', 'ftp://shop', 'https://', 'https://a:b@c', 'http://a?x', 'http://a#x', 'http://a?', 'http:///x'])(
  '%j is no address',
  (text) => expect(isAddress(text)).toBe(false)
);
