/** The index of the value nearest to `target` in an ascending array, or -1 when it is empty. */
export function nearestIndex(ascending: readonly number[], target: number): number {
  if (ascending.length === 0) return -1;
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < target) low = middle + 1;
    else high = middle;
  }
  if (low > 0 && target - ascending[low - 1]! <= ascending[low]! - target) return low - 1;
  return low;
}
