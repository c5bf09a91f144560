import { binsMax } from "./encode-param.ts";

export interface Features {
  readonly rows: number;
  /** One bin per row and feature. */
  readonly bins: readonly Uint8Array[];
  readonly target: Float64Array;
}

/** Nodes in four arrays; `feature` is -1 in a leaf. Rows whose bin is at most `bin` go left, which is the next node. */
export interface Tree {
  readonly feature: Int16Array;
  readonly bin: Uint8Array;
  readonly right: Int32Array;
  readonly value: Float64Array;
}

const depthMax = 16;
const leafMin = 3;

/**
 * A regression tree (CART, Breiman et al. 1984) over these rows, some of them several times: at each node the split of the
 * bins of `tried` features, chosen anew, that leaves the least squared error.
 */
export function growTree(features: Features, rows: Int32Array, tried: number, random: () => number): Tree {
  const { bins, target } = features;
  const feature: number[] = [];
  const splitBin: number[] = [];
  const right: number[] = [];
  const value: number[] = [];
  const counts = new Float64Array(binsMax);
  const sums = new Float64Array(binsMax);
  const order = Int16Array.from(bins, (_, i) => i);

  function grow(start: number, end: number, depth: number): void {
    const node = feature.length;
    const count = end - start;
    let sum = 0;
    for (let i = start; i < end; i += 1) sum += target[rows[i] as number] as number;
    feature.push(-1);
    splitBin.push(0);
    right.push(0);
    value.push(sum / count);
    if (depth >= depthMax || count < 2 * leafMin) return;
    const split = findSplit(start, end, sum);
    if (split === undefined) return;
    const middle = partition(start, end, split.feature, split.bin);
    feature[node] = split.feature;
    splitBin[node] = split.bin;
    grow(start, middle, depth + 1);
    right[node] = feature.length;
    grow(middle, end, depth + 1);
  }

  function findSplit(start: number, end: number, sum: number) {
    const count = end - start;
    // What a split must beat: a hair more than no split at all.
    let best = (sum * sum) / count;
    best += Math.abs(best) * 1e-12;
    let found: { readonly feature: number; readonly bin: number } | undefined;
    for (let place = 0; place < tried; place += 1) {
      const other = place + Math.floor(random() * (order.length - place));
      const chosen = order[other] as number;
      order[other] = order[place] as number;
      order[place] = chosen;
      const column = bins[chosen] as Uint8Array;
      counts.fill(0);
      sums.fill(0);
      for (let i = start; i < end; i += 1) {
        const row = rows[i] as number;
        const bin = column[row] as number;
        counts[bin] = (counts[bin] as number) + 1;
        sums[bin] = (sums[bin] as number) + (target[row] as number);
      }
      let left = 0;
      let leftSum = 0;
      for (let bin = 0; bin < binsMax - 1; bin += 1) {
        if (counts[bin] === 0) continue;
        left += counts[bin] as number;
        leftSum += sums[bin] as number;
        if (left < leafMin) continue;
        if (count - left < leafMin) break;
        const gain = (leftSum * leftSum) / left + ((sum - leftSum) * (sum - leftSum)) / (count - left);
        if (gain > best) {
          best = gain;
          found = { feature: chosen, bin };
        }
      }
    }
    return found;
  }

  function partition(start: number, end: number, chosen: number, bin: number): number {
    const column = bins[chosen] as Uint8Array;
    let low = start;
    let high = end - 1;
    while (low <= high) {
      const row = rows[low] as number;
      if ((column[row] as number) <= bin) low += 1;
      else {
        rows[low] = rows[high] as number;
        rows[high] = row;
        high -= 1;
      }
    }
    return low;
  }

  grow(0, rows.length, 0);
  return {
    feature: Int16Array.from(feature),
    bin: Uint8Array.from(splitBin),
    right: Int32Array.from(right),
    value: Float64Array.from(value),
  };
}

/** What the tree says of a row, with the bin of one feature replaced if `changed` is not negative. */
export function readTree(
  tree: Tree,
  bins: readonly Uint8Array[],
  row: number,
  changed = -1,
  instead = 0,
): number {
  let node = 0;
  for (;;) {
    const feature = tree.feature[node] as number;
    if (feature < 0) return tree.value[node] as number;
    const bin = feature === changed ? instead : ((bins[feature] as Uint8Array)[row] as number);
    node = bin <= (tree.bin[node] as number) ? node + 1 : (tree.right[node] as number);
  }
}
