/** Pearson's r over the pairs where both are numbers; null where either does not vary. */
export function correlate(a: Float64Array, b: Float64Array): number | null {
  let count = 0;
  let meanA = 0;
  let meanB = 0;
  let squaresA = 0;
  let squaresB = 0;
  let products = 0;
  for (const [i, x] of a.entries()) {
    const y = b[i] as number;
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    count += 1;
    // Welford's way: sums of squares of large numbers would lose what differs.
    const stepA = x - meanA;
    const stepB = y - meanB;
    meanA += stepA / count;
    meanB += stepB / count;
    squaresA += stepA * (x - meanA);
    squaresB += stepB * (y - meanB);
    products += stepA * (y - meanB);
  }
  const scale = Math.sqrt(squaresA) * Math.sqrt(squaresB);
  return scale > 0 && Number.isFinite(scale) ? Math.max(-1, Math.min(1, products / scale)) : null;
}
