/** A number as JSON carries it: NaN and the infinities, which JSON does not know, travel as words. */
export type WireNumber = number | "NaN" | "Infinity" | "-Infinity";

export function toWireNumber(value: number): WireNumber {
  if (Number.isFinite(value)) return value;
  if (Number.isNaN(value)) return "NaN";
  return value > 0 ? "Infinity" : "-Infinity";
}

export function toWireNumberOrNull(value: number | null): WireNumber | null {
  return value === null ? null : toWireNumber(value);
}
