/**
 * Exponential moving average with its start corrected, so that the first values are not drawn towards zero. `weight`
 * from 0 (as is) to below 1 (nearly flat). Gaps stay gaps and the average goes on after them.
 */
export function smoothValues(values: readonly (number | null)[], weight: number): readonly (number | null)[] {
  if (weight <= 0) return values;
  const keep = Math.min(weight, 0.999);
  let average = 0;
  let seen = 0;
  return values.map((value) => {
    if (value === null) return null;
    average = average * keep + value * (1 - keep);
    seen++;
    return average / (1 - keep ** seen);
  });
}
