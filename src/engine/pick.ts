/**
 * The values at some indices. A plain loop: typed arrays' own from() with a function costs ten times as much, which is
 * felt with a million nodes.
 */
export function pick(column: Float64Array, indices: Uint32Array): Float64Array<ArrayBuffer> {
  const picked = new Float64Array(indices.length);
  for (let k = 0; k < picked.length; k++) {
    picked[k] = column[indices[k]];
  }
  return picked;
}
