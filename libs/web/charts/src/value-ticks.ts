import { formatTick } from "@runweir/web-ui";
import type { PreparedLine } from "./prepare-lines.ts";

export interface ValueTicks {
  readonly min: number;
  readonly max: number;
  readonly interval: number;
}

/** Lines over which the ticks of a y axis are spread. */
const spaces = 4;
const niceFactors = [1, 2, 2.5, 5, 10];

/** Round ends and a round distance for a linear y axis that holds everything drawn; undefined when nothing is. */
export function valueTicks(
  lines: readonly Pick<PreparedLine, "min" | "max" | "shown">[],
): ValueTicks | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { min, max, shown } of lines) {
    for (const values of [min, max, shown]) {
      for (const value of values) {
        if (value === null) continue;
        if (value < low) low = value;
        if (value > high) high = value;
      }
    }
  }
  if (low > high) return undefined;
  if (low === high) {
    const half = low === 0 ? 1 : Math.abs(low) * 0.1;
    [low, high] = [low - half, high + half];
  }
  // Half the span first: the whole one of the largest doubles is infinite.
  const interval = niceAtLeast((high / 2 - low / 2) / (spaces / 2));
  return {
    min: round(Math.floor(low / interval + epsilon) * interval),
    max: round(Math.ceil(high / interval - epsilon) * interval),
    interval,
  };
}

/** A tick with as many decimals as its neighbours: 0.90 between 0.85 and 0.95. */
export function formatValueTick(value: number, interval: number): string {
  const plain = formatTick(value);
  const decimals = decimalsOf(interval);
  // Beside 2e-6, zero is 0, not 0.000000.
  const scientific = plain.includes("e") || formatTick(interval).includes("e");
  if (scientific || decimals === 0) return plain;
  return (value < 0 ? "−" : "") + Math.abs(value).toFixed(decimals);
}

/** What floating point may add or take at a round end. */
const epsilon = 1e-9;

function niceAtLeast(wanted: number): number {
  const power = 10 ** Math.floor(Math.log10(wanted));
  const factor = niceFactors.find((candidate) => candidate * power >= wanted * (1 - epsilon)) ?? 10;
  return round(factor * power);
}

function decimalsOf(interval: number): number {
  if (interval >= 1e4) return 0;
  const [mantissa = "", power = "0"] = interval.toExponential().split("e");
  const digits = mantissa.split(".")[1]?.length ?? 0;
  return Math.max(0, Math.min(12, digits - Number(power)));
}

function round(value: number): number {
  return Number(value.toPrecision(12));
}
