/** Profiles with known contents: what the tests see in the page is decided here. */

/** Seconds between two profiles, and how far back the first one is. */
const EVERY = 15;
const SPAN = 20 * 60;

/** Folded stacks of one profile of CPU, in samples of 10 ms. */
const BASE = {
  'main.main;net/http.(*conn).serve;httpapi.(*API).PlaceOrder;orders.serializeOrder': 30,
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

const folded = (stacks) =>
  Object.entries(stacks)
    .map(([stack, count]) => `${stack} ${count}`)
    .join('\n');

async function push(store, name, labels, stacks, from, units) {
  const inside = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
  const query = new URLSearchParams({
    name: `${name}{${inside.join(',')}}`,
    from: String(from),
    until: String(from + EVERY),
    sampleRate: '100',
    units,
    format: 'folded',
  });
  const answer = await fetch(`${store}/ingest?${query}`, { method: 'POST', body: folded(stacks) });
  if (!answer.ok) {
    throw new Error(`The store refused a profile of the tests: ${answer.status} ${await answer.text()}`);
  }
}

/** Pushes the profiles of the last minutes to a store. */
export async function seed(store) {
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
