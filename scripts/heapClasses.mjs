/** What lives on a page's heap by class, from a snapshot of Chromium's: tells what grows when memory does. */

/** Kinds of what the browser keeps: its records of requests and times, elements, hidden classes. */
const OF_THE_BROWSER = new Set(['hidden', 'synthetic', 'native', 'object shape']);
/** The memory of typed arrays is the page's, though it lies outside of the scripts' heap. */
const TYPED_ARRAYS = 'system / JSArrayBufferData';

/**
 * Counts what is on a page's heap.
 *
 * @param session a CDP session of the page
 * @returns {Promise<{ own: Map<string, { count: number, bytes: number }>, bytes: { own: number, code: number, browser: number } }>}
 *   the objects of the page's scripts by class; bytes of those, of compiled functions, and of the browser's own
 */
export async function heapClasses(session) {
  const { nodes, strings, snapshot } = await takeSnapshot(session);
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [type, name, size] = ['type', 'name', 'self_size'].map((field) => fields.indexOf(field));
  const own = new Map();
  const bytes = { own: 0, code: 0, browser: 0 };
  for (let at = 0; at < nodes.length; at += fields.length) {
    const kind = types[0][nodes[at + type]];
    const named = strings[nodes[at + name]];
    const isOwn = named === TYPED_ARRAYS || !(kind === 'code' || OF_THE_BROWSER.has(kind));
    bytes[isOwn ? 'own' : kind === 'code' ? 'code' : 'browser'] += nodes[at + size];
    if (isOwn) {
      // Texts are named by what they say.
      const key = kind === 'object' || kind === 'closure' ? `${kind} ${named}` : kind;
      const known = own.get(key) ?? { count: 0, bytes: 0 };
      own.set(key, { count: known.count + 1, bytes: known.bytes + nodes[at + size] });
    }
  }
  return { own, bytes };
}

async function takeSnapshot(session) {
  const chunks = [];
  const keep = ({ chunk }) => chunks.push(chunk);
  session.on('HeapProfiler.addHeapSnapshotChunk', keep);
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  session.off('HeapProfiler.addHeapSnapshotChunk', keep);
  return JSON.parse(chunks.join(''));
}
