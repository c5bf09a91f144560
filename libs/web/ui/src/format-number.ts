/** A number as JSON wires carry it: what JSON cannot say comes as a word. */
export type WireNumber = number | "NaN" | "Infinity" | "-Infinity";

export function fromWireNumber(value: WireNumber): number {
  return typeof value === "number" ? value : Number(value);
}

const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 12 });
const compactUnits = [
  { size: 1e12, unit: "T" },
  { size: 1e9, unit: "G" },
  { size: 1e6, unit: "M" },
  { size: 1e3, unit: "k" },
];

/**
 * A measured number for reading: four significant digits, whole numbers whole up to a million, very large and very
 * small ones as powers of ten. The full value belongs in the title (`formatFull`).
 */
export function formatNumber(wire: WireNumber, digits = 4): string {
  const value = fromWireNumber(wire);
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e7) return signed(grouped.format(size), value);
  // Rounding may carry 0.99999 up to 1, so the exponent is taken from the rounded number.
  const [mantissa = "", power = "0"] = size.toExponential(digits - 1).split("e");
  const exponent = Number(power);
  if (exponent >= 6 || exponent < -4) return signed(`${trimZeros(mantissa)}e${exponent}`, value);
  if (exponent >= digits - 1) return signed(grouped.format(Math.round(size)), value);
  return signed(size.toFixed(digits - 1 - exponent), value);
}

/** A round number on an axis: no more digits than it needs. */
export function formatTick(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e5 || size < 1e-4) {
    const [mantissa = "", power = "0"] = size.toExponential(2).split("e");
    return signed(`${trimZeros(mantissa)}e${Number(power)}`, value);
  }
  return signed(grouped.format(Number(size.toPrecision(6))), value);
}

/** Every digit the number holds, for hover, copy and export. */
export function formatFull(wire: WireNumber): string {
  return String(fromWireNumber(wire));
}

/** A count for reading: 12,930. */
export function formatCount(value: number): string {
  return grouped.format(value);
}

/** A count where space is short: 950, 12.9 k, 1.6 M. */
export function formatCompact(value: number): string {
  const found = compactUnits.find(({ size }) => Math.abs(value) >= size);
  if (!found) return grouped.format(value);
  const scaled = value / found.size;
  return `${Math.abs(scaled) >= 100 ? Math.round(scaled) : trimZeros(scaled.toFixed(1))} ${found.unit}`;
}

/** Bytes in units of 1,000, as disks and networks are sold: 999 B, 1.2 MB. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  return `${formatCompact(bytes).replace(" k", " kB").replace(" M", " MB").replace(" G", " GB").replace(" T", " TB")}`;
}

function signed(text: string, value: number): string {
  return value < 0 ? `−${text}` : text;
}

function trimZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
