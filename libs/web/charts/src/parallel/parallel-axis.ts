import { formatTick } from "@runweir/web-ui";
import { tickInterval, ticksBetween } from "../axis-ticks.ts";
import type { NumberColumn, ParallelColumn } from "./parallel-column.ts";

/** Where the runs stand on an axis: 0 is its lower end, 1 its upper one. */
export interface ParallelAxis {
  readonly column: ParallelColumn;
  /** One place per run; NaN: it has no value that can be placed. */
  readonly places: Float32Array;
  /** Runs without a place. */
  readonly missing: number;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
  /** Of a number axis: a value's place, and the value at a place. */
  placeOf(value: number): number;
  valueAt(place: number): number;
  /** Of a category axis, from the top. */
  readonly names: readonly string[];
}

const inOrder = new Intl.Collator("en", { numeric: true });
const ticksMax = 6;

export function buildAxis(column: ParallelColumn): ParallelAxis {
  return column.kind === "number" ? numberAxis(column) : categoryAxis(column);
}

function numberAxis(column: NumberColumn): ParallelAxis {
  const { values, log = false, format = formatTick } = column;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value) || (log && value <= 0)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const bend = log ? Math.log10 : (value: number) => value;
  const [from, span] = [bend(low), bend(high) - bend(low)];
  // A single value stands in the middle.
  const placeOf = (value: number) => (span > 0 ? (bend(value) - from) / span : 0.5);
  const valueAt = (place: number) => (log ? 10 ** (from + place * span) : from + place * span);
  const places = new Float32Array(values.length);
  let missing = 0;
  for (let run = 0; run < values.length; run++) {
    const value = values[run]!;
    const there = Number.isFinite(value) && !(log && value <= 0);
    places[run] = there ? placeOf(value) : Number.NaN;
    if (!there) missing++;
  }
  const ticks = low > high ? [] : log ? logTicks(low, high) : linearTicks(low, high);
  return {
    column,
    places,
    missing,
    ticks: ticks.map((value) => ({ at: placeOf(value), label: format(value) })),
    placeOf,
    valueAt,
    names: [],
  };
}

function linearTicks(low: number, high: number): readonly number[] {
  if (low === high) return [low];
  return ticksBetween(low, high, tickInterval("wall", high - low, ticksMax));
}

function logTicks(low: number, high: number): readonly number[] {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const factors = last - first > 2 ? [1] : [1, 2, 5];
  const every = Math.max(1, Math.ceil((last - first) / ticksMax));
  const ticks: number[] = [];
  for (let power = first; power <= last; power += every)
    for (const factor of factors) ticks.push(Number(`${factor}e${power}`));
  const inside = ticks.filter((value) => value >= low && value <= high);
  return inside.length > 0 ? inside : [low];
}

function categoryAxis(column: Extract<ParallelColumn, { kind: "category" }>): ParallelAxis {
  const names = [...new Set(column.values)].filter((name) => name !== null).sort(inOrder.compare);
  const at = new Map(names.map((name, index) => [name, 1 - (index + 0.5) / names.length]));
  const places = Float32Array.from(column.values, (name) =>
    name === null ? Number.NaN : (at.get(name) ?? Number.NaN),
  );
  return {
    column,
    places,
    missing: column.values.filter((name) => name === null).length,
    ticks: names.map((name) => ({ at: at.get(name) ?? 0, label: name === "" ? "(empty)" : name })),
    placeOf: () => Number.NaN,
    valueAt: () => Number.NaN,
    names,
  };
}

/** The ticks there is room for, `gap` (a share of the axis) apart at least. */
export function ticksWithRoom(ticks: ParallelAxis["ticks"], gap: number): ParallelAxis["ticks"] {
  const kept: ParallelAxis["ticks"][number][] = [];
  for (const tick of ticks) if (Math.abs(tick.at - (kept.at(-1)?.at ?? 99)) >= gap) kept.push(tick);
  return kept;
}
