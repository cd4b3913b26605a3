import { type DataSourceVariable, EmbeddedScene, type SceneAppPage, type SceneDataLayerSet } from '@grafana/scenes';

import { timeRangeOf } from '../flame/NarrowedTimeRange';
import type { Services } from '../resources/ServiceDirectory';
import { screenPage } from '../screen/screenPage';
import { startGrafana } from '../testing/grafana';

import { ProfileExploration } from './ProfileExploration';

const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';
const WALL = 'wall:wall:nanoseconds:wall:nanoseconds';
const HEAP = 'memory:inuse_space:bytes:space:bytes';
const JAVA_ALLOCS = 'memory:alloc_in_new_tlab_bytes:bytes::';

const directory: Services = {
  services: [
    { name: 'checkout', profileTypes: [CPU, HEAP] },
    { name: 'java', profileTypes: [JAVA_ALLOCS, WALL] },
  ],
  profileTypes: [CPU, HEAP, JAVA_ALLOCS, WALL],
};

let exploration: ProfileExploration;
let page: SceneAppPage;
let deactivate: Array<() => void> = [];

/** The screen as Scenes activates it, without drawing it. */
function open() {
  exploration = new ProfileExploration();
  const scene = new EmbeddedScene({ body: exploration });
  page = screenPage({ name: 'explore', title: 'Explore', settings: {}, getScene: () => scene });
  page.initializeScene(scene);
  deactivate = [page, scene, exploration, exploration.state.series].map((object) => object.activate());
  deactivate.push(exploration.state.flame.activate());
}

afterEach(() => {
  deactivate.reverse().forEach((stop) => stop());
  deactivate = [];
});

function pickDatasource(uid: string) {
  const variable = page.state.$variables?.getByName('ds');
  (variable as DataSourceVariable).changeValueTo(uid);
}

const queriesOf = (chart: 'series' | 'flame') => exploration.state[chart].runner.state.queries;

describe('what is not chosen', () => {
  beforeEach(() => {
    startGrafana({ datasources: [{ uid: 'one' }, { uid: 'two' }] });
    open();
  });

  it('is the first service and its most telling type', () => {
    exploration.complete(directory);
    expect(exploration.state).toMatchObject({ service: 'checkout', profileTypeId: CPU });
    expect(queriesOf('series')).toEqual([
      {
        refId: 'A',
        queryType: 'metrics',
        profileTypeId: CPU,
        labelSelector: '{service_name="checkout"}',
        groupBy: [],
        annotations: true,
      },
    ]);
    expect(queriesOf('flame')).toEqual([
      { refId: 'A', queryType: 'profile', profileTypeId: CPU, labelSelector: '{service_name="checkout"}', groupBy: [] },
    ]);
  });

  it('stays open while there is nothing to choose from', () => {
    exploration.complete({ services: [], profileTypes: [] });
    expect(exploration.state.service).toBeUndefined();
    expect(queriesOf('flame')).toEqual([]);
  });

  it('is kept when a link names what sent nothing in the range', () => {
    exploration.updateFromUrl({ 'var-service': 'gone', 'var-profileType': HEAP });
    exploration.complete(directory);
    expect(exploration.state).toMatchObject({ service: 'gone', profileTypeId: HEAP });
  });

  it('is chosen anew in another data source that does not have it', () => {
    exploration.updateFromUrl({ 'var-service': 'gone', 'var-profileType': HEAP });
    pickDatasource('two');
    exploration.complete(directory);
    expect(exploration.state).toMatchObject({ service: 'checkout', profileTypeId: HEAP });
  });

  it('is kept in another data source that has it', () => {
    exploration.updateFromUrl({ 'var-service': 'java', 'var-profileType': WALL });
    pickDatasource('two');
    exploration.complete(directory);
    expect(exploration.state).toMatchObject({ service: 'java', profileTypeId: WALL });
  });
});

describe('the selection', () => {
  beforeEach(() => {
    startGrafana({});
    open();
  });

  it('takes the type along to another service where that sends it, else one like it', () => {
    exploration.updateFromUrl({ 'var-service': 'checkout', 'var-profileType': CPU });
    exploration.selectService('java', directory);
    expect(exploration.state).toMatchObject({ service: 'java', profileTypeId: WALL });
  });

  it('is asked for with filters and groups', () => {
    exploration.select({ service: 'say "x"', profileTypeId: CPU, filters: '{pod=~"a|b"}', groupBy: ['pod', 'zone'] });
    expect(queriesOf('series')).toEqual([
      expect.objectContaining({
        labelSelector: '{service_name="say \\"x\\"", pod=~"a|b"}',
        groupBy: ['pod', 'zone'],
        legendFormat: '{{pod}} · {{zone}}',
      }),
    ]);
    expect(queriesOf('flame')).toEqual([expect.objectContaining({ groupBy: [] })]);
  });

  it('leaves out filters that cannot be read', () => {
    exploration.select({ service: 'checkout', profileTypeId: CPU, filters: '{pod=' });
    expect(queriesOf('flame')).toEqual([expect.objectContaining({ labelSelector: '{service_name="checkout"}' })]);
  });

  it('comes back from its URL', () => {
    const part = { start: Date.now() - 60_000, end: Date.now() };
    const chosen = { service: 'a & b', profileTypeId: CPU, filters: '{pod="x,y"}', groupBy: ['pod', 'zone'] };
    exploration.select(chosen);
    exploration.narrow(part);
    const url = exploration.getUrlState();
    open();
    exploration.updateFromUrl(url);
    expect(exploration.state).toMatchObject({ ...chosen, part });
    expect(exploration.getUrlState()).toEqual(url);
  });

  it('loses what is no longer in the URL, except the service and the type', () => {
    exploration.select({ service: 'checkout', profileTypeId: CPU, filters: '{pod="x"}', groupBy: ['pod'] });
    exploration.updateFromUrl({
      'var-service': null,
      'var-profileType': null,
      'var-selector': null,
      'var-groupBy': null,
    });
    expect(exploration.state).toMatchObject({ service: 'checkout', profileTypeId: CPU, filters: '', groupBy: [] });
  });
});

describe('a part of the range', () => {
  const hour = 3_600_000;
  const now = Date.UTC(2026, 10, 24, 12);
  const rangeOf = (chart: 'series' | 'flame') => {
    const { from, to } = exploration.state[chart].state.$timeRange!.state.value;
    return [from.valueOf(), to.valueOf()];
  };
  const look = (from: number, to: number) =>
    page.state.$timeRange!.setState({ ...page.state.$timeRange!.state, value: timeRangeOf({ start: from, end: to }) });

  beforeEach(() => {
    startGrafana({});
    open();
    look(now - hour, now);
  });

  it('narrows the flame graph and nothing else', () => {
    exploration.narrow({ start: now - 600_000, end: now - 300_000 });
    expect(rangeOf('flame')).toEqual([now - 600_000, now - 300_000]);
    expect(rangeOf('series')).toEqual([now - hour, now]);
    exploration.narrow(undefined);
    expect(rangeOf('flame')).toEqual([now - hour, now]);
  });

  it('comes from dragging over the series', () => {
    exploration.state.series.state.panel.onTimeRangeChange({ from: now - 600_000, to: now - 300_000 });
    expect(exploration.state.part).toEqual({ start: now - 600_000, end: now - 300_000 });
    expect(page.state.$timeRange!.state.value.from.valueOf()).toBe(now - hour);
  });

  it('stays while the range moves on, and goes once it lies outside', () => {
    exploration.narrow({ start: now - 600_000, end: now - 300_000 });
    look(now - hour + 60_000, now + 60_000);
    expect(rangeOf('flame')).toEqual([now - 600_000, now - 300_000]);
    look(now + hour, now + 2 * hour);
    expect(exploration.state.part).toBeUndefined();
    expect(rangeOf('flame')).toEqual([now + hour, now + 2 * hour]);
  });

  it('is marked on the series', () => {
    const marks = () => {
      const layers = exploration.state.series.state.$data as SceneDataLayerSet;
      const [frame] = layers.state.layers[0].state.data?.series ?? [];
      return frame.fields.find(({ name }) => name === 'timeEnd')?.values;
    };
    exploration.narrow({ start: now - 600_000, end: now - 300_000 });
    expect(marks()).toEqual([now - 300_000]);
    exploration.narrow(undefined);
    expect(marks()).toEqual([]);
  });
});
