import type { ColumnProfile } from "../facts/column-profile.ts";

export interface Drift {
  /** Population stability index: 0 is the same, above 0.1 a shift, above 0.25 a large one, as everybody has it. */
  readonly psi: number;
  /** Jensen-Shannon distance, from 0 to 1. */
  readonly js: number;
}

export const psiShift = 0.1;
export const psiLarge = 0.25;

/** Shares of nothing would make the index infinite. */
const epsilon = 1e-4;

/** How far a column has moved from what it was; undefined where the two cannot be compared. */
export function measureDrift(before: ColumnProfile, after: ColumnProfile): Drift | undefined {
  if (before.histogram && after.histogram) return distance(...inBinsOf(before.histogram, after.histogram));
  if (before.categories && after.categories) {
    const names = [...new Set([...Object.keys(before.categories), ...Object.keys(after.categories)])];
    return distance(
      names.map((name) => before.categories?.[name] ?? 0),
      names.map((name) => after.categories?.[name] ?? 0),
    );
  }
  return undefined;
}

type Histogram = NonNullable<ColumnProfile["histogram"]>;

/** Both in the bins of the first, and what lies below and above of them; within a bin values are taken to lie evenly. */
function inBinsOf(reference: Histogram, other: Histogram): [readonly number[], readonly number[]] {
  const below = reference.edges.map((edge) => shareBelow(other, edge));
  const inner = reference.shares.map((_, index) => (below[index + 1] ?? 1) - (below[index] ?? 0));
  return [
    [0, ...reference.shares, 0],
    [below[0] ?? 0, ...inner, 1 - (below.at(-1) ?? 1)],
  ];
}

function shareBelow({ edges, shares }: Histogram, at: number): number {
  return shares.reduce((sum, share, index) => {
    const [from = 0, to = 0] = [edges[index], edges[index + 1]];
    return sum + share * Math.min(1, Math.max(0, (at - from) / (to - from)));
  }, 0);
}

function distance(before: readonly number[], after: readonly number[]): Drift {
  let [psi, divergence] = [0, 0];
  for (const [index, share] of before.entries()) {
    const [p, q] = [share, Math.max(0, after[index] ?? 0)];
    psi +=
      (Math.max(q, epsilon) - Math.max(p, epsilon)) * Math.log(Math.max(q, epsilon) / Math.max(p, epsilon));
    const middle = (p + q) / 2;
    if (p > 0) divergence += (p / 2) * Math.log2(p / middle);
    if (q > 0) divergence += (q / 2) * Math.log2(q / middle);
  }
  return { psi, js: Math.sqrt(Math.max(0, divergence)) };
}
