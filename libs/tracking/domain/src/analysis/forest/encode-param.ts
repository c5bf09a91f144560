/** Bin 0 is for runs without the param (or, where it is a number, with something else). */
export const binsMax = 64;
const levelsMax = 20;
/** A param is a number when so many of its values are; the rest counts as missing. */
const numericShare = 0.9;
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A param as a forest sees it: one bin per run. */
export interface EncodedParam {
  readonly kind: "number" | "category";
  readonly bins: Uint8Array;
  readonly binCount: number;
  /** Of a number, NaN where it is missing. */
  readonly numbers?: Float64Array | undefined;
  /** Runs that have it, and how many different values they have. */
  readonly runs: number;
  readonly values: number;
}

/** How a param's values differ, or why it says nothing. */
export function encodeParam(
  values: readonly (string | null)[],
): EncodedParam | "constant" | "too-many-values" {
  const present = values.filter((value) => value !== null);
  const levels = new Set(present);
  const isMissing = present.length < values.length;
  if (levels.size + (isMissing ? 1 : 0) < 2) return "constant";
  const counts = { runs: present.length, values: levels.size };
  const numbers = Float64Array.from(values, (value) => (value === null ? Number.NaN : toNumber(value)));
  const numeric = numbers.reduce((count, number) => (Number.isNaN(number) ? count : count + 1), 0);
  if (numeric > 0 && numeric >= numericShare * present.length)
    return { ...counts, ...encodeNumbers(numbers) };
  if (levels.size > levelsMax) return "too-many-values";
  const places = new Map([...levels].sort().map((level, i) => [level, i + 1]));
  return {
    ...counts,
    kind: "category",
    bins: Uint8Array.from(values, (value) => (value === null ? 0 : (places.get(value) ?? 0))),
    binCount: levels.size + 1,
  };
}

/** NaN unless it is a finite decimal number. */
function toNumber(text: string): number {
  const number = Number(text);
  return Number.isFinite(number) && decimal.test(text.trim()) ? number : Number.NaN;
}

/** Bins that hold about as many runs each, or one value each where there are few. */
function encodeNumbers(numbers: Float64Array) {
  const sorted = numbers.filter((number) => !Number.isNaN(number)).sort();
  const distinct = sorted.filter((number, i) => i === 0 || number !== sorted[i - 1]);
  const edges =
    distinct.length < binsMax
      ? distinct.subarray(1)
      : Float64Array.from(
          new Set(
            Array.from(
              { length: binsMax - 2 },
              (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / (binsMax - 1))] as number,
            ),
          ),
        );
  return {
    kind: "number" as const,
    numbers,
    bins: Uint8Array.from(numbers, (number) => (Number.isNaN(number) ? 0 : 1 + countUpTo(edges, number))),
    binCount: edges.length + 2,
  };
}

/** How many of the ascending edges are not above the number. */
function countUpTo(edges: Float64Array, number: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] as number) <= number) low = middle + 1;
    else high = middle;
  }
  return low;
}
