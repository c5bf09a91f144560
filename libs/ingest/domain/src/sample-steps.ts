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
  const parts = series.map((steps) => distinctWithin(steps, from, to));
  if (parts.length === 1) return parts[0] as Float64Array;
  const joined = new Float64Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return distinctWithin(joined.sort(), from, to);
}

function distinctWithin(ascending: Float64Array, from: number, to: number): Float64Array {
  const kept = new Float64Array(ascending.length);
  let count = 0;
  for (let i = 0; i < ascending.length; i += 1) {
    const step = ascending[i] as number;
    if (step < from || step > to || (count > 0 && kept[count - 1] === step)) continue;
    kept[count] = step;
    count += 1;
  }
  return kept.subarray(0, count);
}
