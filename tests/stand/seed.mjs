/** Profiles with known contents: what the tests see in the page is decided here. */

/** Seconds between two profiles, and how far back the first one is. */
const EVERY = 15;
const SPAN = 20 * 60;

const SERIALIZE = 'main.main;net/http.(*conn).serve;httpapi.(*API).PlaceOrder;orders.serializeOrder';

/** Folded stacks of one profile of CPU, in samples of 10 ms. */
const BASE = {
  [SERIALIZE]: 30,
  'main.main;net/http.(*conn).serve;httpapi.(*API).PlaceOrder;pricing.walkDiscounts': 50,
  'main.main;net/http.(*conn).serve;httpapi.(*API).ListOrders;auth.hashKey': 20,
  'runtime.gcBgMarkWorker;runtime.scanObject': 20,
};

/** What the newer version does besides. */
const SLOWER = {
  'main.main;net/http.(*conn).serve;httpapi.(*API).PlaceOrder;orders.serializeOrder;payments.MarshalJSON': 30,
};

/** Megabytes in use: a state, the same in every profile. */
const MEMORY = { 'main.main;orders.NewRepository': 48 << 20, 'main.main;pricing.NewCatalog': 16 << 20 };

const SERIES = [
  { version: 'v1.4.2', pod: 'order-service-a', stacks: BASE },
  { version: 'v1.4.3', pod: 'order-service-b', stacks: { ...BASE, ...SLOWER } },
];

/**
 * A service that is deployed while it is watched: v1.4.2 until DEPLOYED seconds ago, then v1.4.3, whose serializeOrder
 * costs more. Counts scatter by a tenth.
 */
const DEPLOYED = 27 * 60;
/** The store takes profiles of the last hour. */
const WATCHED = 56 * 60;
const WATCHED_EVERY = 30;
const WATCHED_PODS = ['a', 'b'];

/**
 * A count a tenth around another, the same in every run and each independent of all others: counts with a rhythm look like
 * regressions, or hide one, as the minute of the test has it.
 */
export function scattered(count, profile, stack) {
  const wave = Math.sin(profile * 2469.1356 + stack * 98.7654) * 43758.5453;
  return Math.round(count * (0.9 + 0.2 * (wave - Math.floor(wave))));
}

/** Ten times the stacks of a profile, see scattered. */
const scatteredStacks = (stacks, profile) =>
  Object.fromEntries(Object.entries(stacks).map(([stack, count], i) => [stack, scattered(count * 10, profile, i)]));

async function seedDeploy(store) {
  const end = Math.floor(Date.now() / 1000 / WATCHED_EVERY) * WATCHED_EVERY;
  for (let from = end - WATCHED, n = 0; from < end; from += WATCHED_EVERY, n++) {
    const isNew = from >= end - DEPLOYED;
    const version = isNew ? 'v1.4.3' : 'v1.4.2';
    const stacks = isNew ? { ...BASE, [SERIALIZE]: 70 } : BASE;
    await Promise.all(
      WATCHED_PODS.map((name, i) =>
        push(
          store,
          'shop-orders.cpu',
          { namespace: 'shop', version, pod: `shop-orders-${version.slice(-1)}${name}` },
          scatteredStacks(stacks, n + i / 2),
          from,
          'samples',
          WATCHED_EVERY
        )
      )
    );
  }
}

const folded = (stacks) =>
  Object.entries(stacks)
    .map(([stack, count]) => `${stack} ${count}`)
    .join('\n');

/** Pushes one profile of folded stacks. */
export async function push(store, name, labels, stacks, from, units, every = EVERY) {
  const inside = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
  const query = new URLSearchParams({
    name: `${name}{${inside.join(',')}}`,
    from: String(from),
    until: String(from + every),
    sampleRate: '100',
    units,
    format: 'folded',
  });
  const answer = await fetch(`${store}/ingest?${query}`, { method: 'POST', body: folded(stacks) });
  if (!answer.ok) {
    throw new Error(`The store refused a profile of the tests: ${answer.status} ${await answer.text()}`);
  }
}

/** Pushes one profile of CPU of a service, of the last seconds. */
export async function pushProfile(store, service) {
  const from = Math.floor(Date.now() / 1000) - EVERY;
  await push(store, `${service}.cpu`, { namespace: 'shop', version: 'v1.0.0' }, BASE, from, 'samples');
}

/**
 * Pushes the memory of the last seconds: what is in use now is that of the last profiles only, and those of the seed are
 * minutes old when a test comes late.
 */
export async function pushMemory(store) {
  const from = Math.floor(Date.now() / 1000) - EVERY;
  await Promise.all(
    SERIES.map(({ version, pod }) =>
      push(store, 'order-service.inuse_space', { namespace: 'shop', version, pod }, MEMORY, from, 'bytes')
    )
  );
}

/** Pushes the profiles of the last minutes to a store. */
export async function seed(store) {
  await seedDeploy(store);
  const end = Math.floor(Date.now() / 1000 / EVERY) * EVERY;
  for (let from = end - SPAN; from < end; from += EVERY) {
    await Promise.all(
      SERIES.flatMap(({ version, pod, stacks }) => [
        push(store, 'order-service.cpu', { namespace: 'shop', version, pod }, stacks, from, 'samples'),
        push(store, 'order-service.inuse_space', { namespace: 'shop', version, pod }, MEMORY, from, 'bytes'),
      ])
    );
  }
}
