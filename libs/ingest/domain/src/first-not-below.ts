/** The place of the first of these numbers, from `start` on, that is not below the bound; their count if there is none. */
export function firstNotBelow(ascending: Float64Array, bound: number, start = 0): number {
  let low = start;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
