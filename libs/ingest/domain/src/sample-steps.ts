/**
 * The steps that stand for a step window: all of them up to `maxResults`, else `maxResults` at even distances over the
 * steps that any of the series has, and always the smallest and largest step of each series that lie in the window.
 * Without a window it reaches from 0 to the last step. `series` are ascending and may repeat steps.
 */
export function sampleSteps(
  series: readonly Float64Array[],
  window: { readonly startStep?: number | undefined; readonly endStep?: number | undefined },
  maxResults: number,
): Set<number> {
  const open = window.startStep === undefined && window.endStep === undefined;
  const from = window.startStep ?? (open ? 0 : Number.NEGATIVE_INFINITY);
  const to = window.endStep ?? Number.POSITIVE_INFINITY;
  const steps = unionOf(series, from, to);
  const chosen = new Set<number>();
  const interval = Math.max(1, steps.length / maxResults);
  const samples = Math.min(maxResults, steps.length);
  for (let i = 0; i < samples; i += 1) chosen.add(steps[Math.floor(i * interval)] as number);
  if (steps.length > 0) chosen.add(steps[steps.length - 1] as number);
  for (const one of series) {
    for (const end of [one[0], one[one.length - 1]]) {
      if (end !== undefined && end >= from && end <= to) chosen.add(end);
    }
  }
  return chosen;
}

function unionOf(series: readonly Float64Array[], from: number, to: number): Float64Array {
  const parts = series.map((steps) => within(distinct(steps), from, to));
  if (parts.length === 1) return parts[0] as Float64Array;
  const joined = new Float64Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return withoutRepeats(joined.sort());
}

/** A series is asked for again and again while somebody looks at it; its points never change. */
const remembered = new WeakMap<Float64Array, Float64Array>();

function distinct(ascending: Float64Array): Float64Array {
  const known = remembered.get(ascending);
  if (known) return known;
  const steps = withoutRepeats(ascending);
  remembered.set(ascending, steps);
  return steps;
}

/** The same array where nothing is repeated. */
function withoutRepeats(ascending: Float64Array): Float64Array {
  let rising = true;
  for (let i = 1; rising && i < ascending.length; i += 1) rising = ascending[i - 1] !== ascending[i];
  if (rising) return ascending;
  const kept = new Float64Array(ascending.length);
  let count = 0;
  for (const step of ascending) {
    if (count > 0 && kept[count - 1] === step) continue;
    kept[count] = step;
    count += 1;
  }
  return kept.subarray(0, count);
}

function within(ascending: Float64Array, from: number, to: number): Float64Array {
  return ascending.subarray(
    countWhile(ascending, (step) => step < from),
    countWhile(ascending, (step) => step <= to),
  );
}

/** How many numbers at the beginning pass, where all that pass come first. */
function countWhile(ascending: Float64Array, passes: (step: number) => boolean): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (passes(ascending[middle] as number)) low = middle + 1;
    else high = middle;
  }
  return low;
}
