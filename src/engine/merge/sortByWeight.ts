/** Longest range that is sorted by insertion; longer ones are merged from such runs. */
const RUN = 32;

/**
 * Sorts ids[first .. end] by weight[id], the heaviest first; ties keep their order. A merge sort on two arrays: no
 * comparison function to call and no object to make, since it is called for every node that has children.
 */
export function sortByWeight(ids: Uint32Array, first: number, end: number, weight: Float64Array) {
  for (let from = first; from < end; from += RUN) {
    insert(ids, from, Math.min(from + RUN, end), weight);
  }
  if (end - first <= RUN) {
    return;
  }
  let source = ids.slice(first, end);
  let target = new Uint32Array(end - first);
  for (let width = RUN; width < source.length; width *= 2) {
    for (let from = 0; from < source.length; from += 2 * width) {
      const middle = Math.min(from + width, source.length);
      merge(source, target, from, middle, Math.min(from + 2 * width, source.length), weight);
    }
    [source, target] = [target, source];
  }
  ids.set(source, first);
}

function insert(ids: Uint32Array, first: number, end: number, weight: Float64Array) {
  for (let k = first + 1; k < end; k++) {
    const id = ids[k];
    const heavy = weight[id];
    let at = k;
    for (; at > first && weight[ids[at - 1]] < heavy; at--) {
      ids[at] = ids[at - 1];
    }
    ids[at] = id;
  }
}

function merge(
  source: Uint32Array,
  target: Uint32Array,
  first: number,
  middle: number,
  end: number,
  weight: Float64Array
) {
  let left = first;
  let right = middle;
  for (let k = first; k < end; k++) {
    const takeLeft = right === end || (left < middle && weight[source[left]] >= weight[source[right]]);
    target[k] = takeLeft ? source[left++] : source[right++];
  }
}
