/** Protocol Buffers' JSON form of a double: what JSON has no number for is a string. */
export function wireDouble(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}
