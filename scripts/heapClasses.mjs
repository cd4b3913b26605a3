/** What lives on a page's heap by class, from a snapshot of Chromium's: tells what grows when memory does. */

/** Kinds of V8's own: functions compiled since, and what the browser keeps for its tools. */
const OF_THE_BROWSER = new Set(['code', 'hidden', 'synthetic', 'native', 'object shape']);

/**
 * Counts the objects that the page's scripts can reach.
 *
 * @param session a CDP session of the page
 * @returns {Promise<{ own: Map<string, { count: number, bytes: number }>, ownBytes: number, otherBytes: number }>} the
 *   page's objects by class, and the bytes of those and of the browser's
 */
export async function heapClasses(session) {
  const { nodes, strings, snapshot } = await takeSnapshot(session);
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [type, name, size] = ['type', 'name', 'self_size'].map((field) => fields.indexOf(field));
  const own = new Map();
  let [ownBytes, otherBytes] = [0, 0];
  for (let at = 0; at < nodes.length; at += fields.length) {
    const kind = types[0][nodes[at + type]];
    const bytes = nodes[at + size];
    if (OF_THE_BROWSER.has(kind)) {
      otherBytes += bytes;
      continue;
    }
    ownBytes += bytes;
    // Texts are named by what they say.
    const key = kind === 'object' || kind === 'closure' ? `${kind} ${strings[nodes[at + name]]}` : kind;
    const known = own.get(key) ?? { count: 0, bytes: 0 };
    own.set(key, { count: known.count + 1, bytes: known.bytes + bytes });
  }
  return { own, ownBytes, otherBytes };
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
