import { CapturesScreen } from './CapturesScreen';

it('opens on what a runbook’s link says', () => {
  const screen = new CapturesScreen();
  screen.updateFromUrl({ target: 'etcd', service: 'etcd', type: 'heap', tab: null });
  expect(screen.state).toMatchObject({ target: 'etcd', service: 'etcd', type: 'heap', tab: 'capture' });
  expect(screen.getUrlState()).toMatchObject({ tab: undefined, target: 'etcd', service: 'etcd', type: 'heap' });
});

it('takes a template that was not filled in for absent', () => {
  const screen = new CapturesScreen();
  screen.updateFromUrl({ target: '{{ $labels.target }}', service: '[no value]', type: 'cpu' });
  expect(screen.state).toMatchObject({ target: undefined, service: undefined, type: 'cpu' });
});

it('opens on the other tab', () => {
  const screen = new CapturesScreen();
  screen.updateFromUrl({ tab: 'file' });
  expect(screen.state.tab).toBe('file');
  screen.updateFromUrl({ tab: '<script>' });
  expect(screen.state.tab).toBe('capture');
});

it('keeps what is looked at of files in the address, apart from the other tab', () => {
  const screen = new CapturesScreen();
  screen.updateFromUrl({ tab: 'file', type: 'heap', file: 'cpu.pb.gz', 'file-against': 'base.pb.gz' });
  expect(screen.state).toMatchObject({ type: 'heap', file: { profile: 'cpu.pb.gz', against: 'base.pb.gz' } });
  screen.chooseFile({ against: undefined, measure: 'cpu nanoseconds' });
  expect(screen.getUrlState()).toMatchObject({
    type: 'heap',
    file: 'cpu.pb.gz',
    'file-against': undefined,
    'file-measure': 'cpu nanoseconds',
  });
});
