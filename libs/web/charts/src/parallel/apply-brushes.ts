import type { ParallelAxis } from "./parallel-axis.ts";
import type { Brush, Brushes, ParallelColumn } from "./parallel-column.ts";

/** Which runs every brush lets through, 1 or 0 each, and how many. A run without a value is outside of any brush. */
export function applyBrushes(
  columns: readonly ParallelColumn[],
  brushes: Brushes,
  runs: number,
): { readonly left: Uint8Array; readonly count: number } {
  const left = new Uint8Array(runs).fill(1);
  for (const column of columns) {
    const brush = brushes.get(column.id);
    if (brush === undefined) continue;
    if (column.kind === "number" && brush.kind === "range") {
      const { values } = column;
      for (let run = 0; run < runs; run++) {
        const value = values[run]!;
        if (!(value >= brush.from && value <= brush.to)) left[run] = 0;
      }
    } else if (column.kind === "category" && brush.kind === "names") {
      const names = new Set<string | null>(brush.names);
      for (let run = 0; run < runs; run++) if (!names.has(column.values[run]!)) left[run] = 0;
    }
  }
  let count = 0;
  for (const one of left) count += one;
  return { left, count };
}

/** The brush of a stroke along an axis, from one place to another; undefined when nothing is under it. */
export function brushBetween(axis: ParallelAxis, a: number, b: number): Brush | undefined {
  const [low, high] = [Math.max(0, Math.min(a, b)), Math.min(1, Math.max(a, b))];
  if (axis.column.kind === "category") {
    const names = axis.names.filter((_, index) => {
      const at = 1 - (index + 0.5) / axis.names.length;
      return at >= low && at <= high;
    });
    return names.length === 0 ? undefined : { kind: "names", names };
  }
  if (high < 0 || low > 1) return undefined;
  // Rounded to what can be seen, outwards at the ends, so that the outermost runs stay inside.
  const digits = (value: number) => Number(value.toPrecision(5));
  return {
    kind: "range",
    from: low === 0 ? axis.valueAt(0) : digits(axis.valueAt(low)),
    to: high === 1 ? axis.valueAt(1) : digits(axis.valueAt(high)),
  };
}

/** The part of the axis that a brush covers. */
export function placesOf(axis: ParallelAxis, brush: Brush): readonly [number, number] {
  if (brush.kind === "range") return [axis.placeOf(brush.from), axis.placeOf(brush.to)];
  const half = 0.5 / Math.max(1, axis.names.length);
  const places = brush.names.flatMap((name) => {
    const index = axis.names.indexOf(name);
    return index === -1 ? [] : [1 - (index + 0.5) / axis.names.length];
  });
  return [Math.min(...places) - half, Math.max(...places) + half];
}
