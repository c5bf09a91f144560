import { fromWireNumber, type WireNumber } from "@runweir/web-ui";
import type { ChartLine, ChartWindow, ChartXAxis, ChartYScale } from "./chart-line.ts";
import { smoothValues } from "./smooth-values.ts";

/** A line ready to draw: numbers the axes can place, and null for gaps. */
export interface PreparedLine {
  readonly id: string;
  readonly label: string;
  readonly color: string;
  readonly x: readonly number[];
  readonly min: readonly (number | null)[];
  readonly max: readonly (number | null)[];
  readonly last: readonly (number | null)[];
  /** What the strong line shows; the same array as `last` when nothing is smoothed. */
  readonly shown: readonly (number | null)[];
  readonly inner: Pick<PreparedLine, "min" | "max"> | undefined;
  readonly samples: ChartLine["samples"];
  /** Whether any bucket holds more than one value. */
  readonly hasBand: boolean;
}

export function prepareLines(
  lines: readonly ChartLine[],
  options: {
    readonly yScale: ChartYScale;
    readonly smoothing: number;
    readonly window: ChartWindow | undefined;
  },
): readonly PreparedLine[] {
  return lines.map((line) => {
    const last = line.last.map((value) => place(value, options.yScale));
    const min = line.min.map((value, index) => place(value, options.yScale) ?? last[index] ?? null);
    const max = line.max.map((value, index) => place(value, options.yScale) ?? last[index] ?? null);
    // Smoothing starts before the window, so that zooming does not change the curve.
    const shown = smoothValues(last, options.smoothing);
    const [from, to] = rangeOf(line.x, options.window);
    const cut = <Value>(values: readonly Value[]) => values.slice(from, to);
    const [cutMin, cutMax, cutLast] = [cut(min), cut(max), cut(last)];
    return {
      id: line.id,
      label: line.label,
      color: line.color,
      x: cut(line.x),
      min: cutMin,
      max: cutMax,
      last: cutLast,
      shown: shown === last ? cutLast : cut(shown),
      inner: line.inner && {
        min: cut(line.inner.min.map((value, index) => place(value, options.yScale) ?? last[index] ?? null)),
        max: cut(line.inner.max.map((value, index) => place(value, options.yScale) ?? last[index] ?? null)),
      },
      samples: line.samples && { n: cut(line.samples.n), notFinite: cut(line.samples.notFinite) },
      hasBand: cutMin.some((value, index) => value !== null && value !== cutMax[index]),
    };
  });
}

/** The ends of the x axis: the window, else where the lines begin and end, else a unit to have something to draw. */
export function xExtent(
  lines: readonly ChartLine[],
  axis: ChartXAxis,
  window: ChartWindow | undefined,
): ChartWindow {
  if (window) return window;
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const { x } of lines) {
    from = Math.min(from, x[0] ?? from);
    to = Math.max(to, x.at(-1) ?? to);
  }
  if (from > to) return { from: 0, to: 1 };
  if (from < to) return { from, to };
  const half = axis === "step" ? 1 : 1_000;
  return { from: from - half, to: to + half };
}

/** The indexes inside the window and one neighbour on each side, so that lines run to the edge. */
function rangeOf(x: readonly number[], window: ChartWindow | undefined): readonly [number, number] {
  if (!window) return [0, x.length];
  const first = x.findIndex((value) => value >= window.from);
  const after = x.findIndex((value) => value > window.to);
  return [
    first === -1 ? Math.max(0, x.length - 1) : Math.max(0, first - 1),
    after === -1 ? x.length : after + 1,
  ];
}

function place(wire: WireNumber | null, scale: ChartYScale): number | null {
  if (wire === null) return null;
  const value = fromWireNumber(wire);
  if (!Number.isFinite(value)) return null;
  return scale === "log" && value <= 0 ? null : value;
}
