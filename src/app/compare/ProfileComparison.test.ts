import { EmbeddedScene } from '@grafana/scenes';

import { startGrafana } from '../testing/grafana';

import { ProfileComparison } from './ProfileComparison';

const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';

const OLD = {
  selector: '{service_name="orders", version="1"}',
  range: { from: 1_700_000_000_000, to: 1_700_003_600_000 },
};
const NEW = { selector: '{namespace="x"}', range: { from: 'now-6h', to: 'now-1h' } };

let model: ProfileComparison;
let deactivate: () => void;

/** The screen's state as Scenes activates it, without drawing it. */
beforeEach(() => {
  startGrafana({});
  model = new ProfileComparison();
  new EmbeddedScene({ body: model });
  deactivate = model.activate();
  model.compare({ baseline: OLD, comparison: NEW });
});

afterEach(() => deactivate());

/** Changes of one turn become one question. */
const turn = () => new Promise((resolve) => setTimeout(resolve));

it('exchanges its sides and back', () => {
  const before = model.sides.map(({ linked }) => linked);
  model.swap();
  expect(model.sides.map(({ linked }) => linked)).toEqual([...before].reverse());
  expect(model.state.comparison.lookedAt.range.from.valueOf()).toBe(1_700_000_000_000);
  model.swap();
  expect(model.sides.map(({ linked }) => linked)).toEqual(before);
});

it('is held against itself a day before', () => {
  model.compareWithBefore(86_400);
  expect(model.state.baseline.linked).toMatchObject({
    selector: NEW.selector,
    range: { from: 'now-30h', to: 'now-25h' },
  });
  expect(model.query).toMatchObject({ labelSelector: NEW.selector, baseline: { offset: '1d' } });
});

it('takes a part along to the time before', () => {
  const end = Date.now() - 2 * 3_600_000;
  model.state.comparison.narrow({ start: end - 60_000, end });
  model.compareWithBefore(3600);
  expect(model.state.baseline.state.part).toEqual({ start: end - 3_660_000, end: end - 3_600_000 });
  expect(model.moves).toBe(false);
});

it('asks for what it shows once a change is whole', async () => {
  model.chooseProfileType(CPU);
  await turn();
  const [asked] = model.state.diff.runner.state.queries;
  expect(asked).toMatchObject({
    queryType: 'diff',
    profileTypeId: CPU,
    labelSelector: NEW.selector,
    baseline: { labelSelector: OLD.selector, from: OLD.range.from, to: OLD.range.to },
  });
  expect(model.sides.map(({ state }) => state.series.runner.state.queries[0].labelSelector)).toEqual([
    OLD.selector,
    NEW.selector,
  ]);
});

it('lets the baseline go along to another service where it was of the same', () => {
  const services = [
    { name: 'a', profileTypes: [CPU] },
    { name: 'b', profileTypes: [CPU] },
  ];
  const directory = { services, profileTypes: [CPU] };
  const [baseline, comparison] = model.sides;
  model.compare({
    baseline: { ...NEW, selector: '{service_name="a"}' },
    comparison: { ...NEW, selector: '{service_name="a"}' },
  });
  model.selectService(comparison, 'b', directory);
  expect(baseline.state.service).toBe('b');
  model.selectService(baseline, 'a', directory);
  expect(comparison.state.service).toBe('b');
});
