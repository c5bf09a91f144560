import { type Features, growTree, readTree, type Tree } from "./grow-tree.ts";
import { randomSource } from "./random-source.ts";

export interface ForestRequest extends Features {
  readonly trees: number;
  readonly seed: number;
}

export interface Forest {
  /** R² on what each tree has not seen; null where the target does not vary. */
  readonly outOfBag: number | null;
  /** By feature, adding up to 1, or all 0. */
  readonly shares: Float64Array;
}

/** Rows drawn for a tree: more make it slower and hardly better. */
const drawnMax = 5_000;
/** Rows whose values are shuffled per tree and feature. */
const shuffledMax = 1_000;

/**
 * A random forest for regression (Breiman 2001): each tree over rows drawn with replacement, a third of the features tried
 * at each node. Importance is how much the squared error grows, on rows the tree has not seen, when one feature's values
 * are shuffled among them; growth below nothing counts as nothing.
 */
export function growForest(request: ForestRequest): Forest {
  const { rows, bins, target, trees, seed } = request;
  const random = randomSource(seed);
  const predicted = new Float64Array(rows);
  const votes = new Uint16Array(rows);
  const growth = new Float64Array(bins.length);
  const drawn = new Int32Array(Math.min(rows, drawnMax));
  const seen = new Int32Array(rows).fill(-1);
  for (let number = 0; number < trees; number += 1) {
    for (let i = 0; i < drawn.length; i += 1) {
      const row = Math.floor(random() * rows);
      drawn[i] = row;
      seen[row] = number;
    }
    const tree = growTree(request, drawn, Math.ceil(bins.length / 3), random);
    const unseen = Int32Array.from({ length: rows }, (_, row) => row).filter((row) => seen[row] !== number);
    for (const row of unseen) {
      predicted[row] = (predicted[row] as number) + readTree(tree, bins, row);
      votes[row] = (votes[row] as number) + 1;
    }
    addGrowth(growth, tree, request, shuffle(unseen, random).subarray(0, shuffledMax), random);
  }
  const gains = growth.map((gain) => Math.max(0, gain));
  const total = gains.reduce((sum, gain) => sum + gain, 0);
  return {
    outOfBag: judge(predicted, votes, target),
    shares: total > 0 ? gains.map((gain) => gain / total) : gains,
  };
}

function addGrowth(
  growth: Float64Array,
  tree: Tree,
  { bins, target }: Features,
  rows: Int32Array,
  random: () => number,
): void {
  let before = 0;
  for (const row of rows) before += (readTree(tree, bins, row) - (target[row] as number)) ** 2;
  for (const feature of new Set(tree.feature)) {
    if (feature < 0) continue;
    const column = bins[feature] as Uint8Array;
    const others = shuffle(rows.slice(), random);
    let after = 0;
    for (const [i, row] of rows.entries()) {
      const instead = column[others[i] as number] as number;
      after += (readTree(tree, bins, row, feature, instead) - (target[row] as number)) ** 2;
    }
    growth[feature] = (growth[feature] as number) + (after - before) / Math.max(1, rows.length);
  }
}

function judge(predicted: Float64Array, votes: Uint16Array, target: Float64Array): number | null {
  let sum = 0;
  let count = 0;
  for (const [row, vote] of votes.entries())
    if (vote > 0) {
      sum += target[row] as number;
      count += 1;
    }
  let error = 0;
  let variation = 0;
  for (const [row, vote] of votes.entries())
    if (vote > 0) {
      error += ((predicted[row] as number) / vote - (target[row] as number)) ** 2;
      variation += ((target[row] as number) - sum / count) ** 2;
    }
  return variation > 0 ? 1 - error / variation : null;
}

/** In place (Fisher and Yates). */
function shuffle(rows: Int32Array, random: () => number): Int32Array {
  for (let i = rows.length - 1; i > 0; i -= 1) {
    const other = Math.floor(random() * (i + 1));
    const row = rows[i] as number;
    rows[i] = rows[other] as number;
    rows[other] = row;
  }
  return rows;
}
