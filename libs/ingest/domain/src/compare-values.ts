/** Orders values for ties of step and timestamp: NaN below all numbers and equal to itself, -0 equal to 0. */
export function compareValues(a: number, b: number): number {
  if (a === b) return 0;
  if (a < b) return -1;
  if (a > b) return 1;
  return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
}
