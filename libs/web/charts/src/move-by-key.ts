import type { ChartWindow } from "./chart-line.ts";
import { nearestIndex } from "./nearest-index.ts";
import type { PreparedLine } from "./prepare-lines.ts";

export type KeyMove =
  | { readonly kind: "hover"; readonly x: number }
  | { readonly kind: "leave" }
  | { readonly kind: "window"; readonly window: ChartWindow | undefined };

/** What a key does on a chart, or undefined when it is none of its keys. */
export function moveByKey(
  key: string,
  at: {
    readonly lines: readonly PreparedLine[];
    readonly extent: ChartWindow;
    readonly zoomed: boolean;
    readonly x: number | undefined;
  },
): KeyMove | undefined {
  const { extent } = at;
  switch (key) {
    case "ArrowLeft":
      return step(at, -1);
    case "ArrowRight":
      return step(at, 1);
    case "Home":
      return { kind: "hover", x: extent.from };
    case "End":
      return { kind: "hover", x: extent.to };
    case "+":
    case "=":
      return zoom(at, 0.5);
    case "-":
      return at.zoomed ? zoom(at, 2) : undefined;
    case "0":
      return { kind: "window", window: undefined };
    case "Escape":
      return at.zoomed ? { kind: "window", window: undefined } : { kind: "leave" };
    default:
      return undefined;
  }
}

function step(at: Parameters<typeof moveByKey>[1], direction: 1 | -1): KeyMove {
  // The longest line sets the pace; the others are read where they are nearest.
  const x = at.lines.reduce<readonly number[]>(
    (best, line) => (line.x.length > best.length ? line.x : best),
    [],
  );
  if (at.x === undefined) return { kind: "hover", x: direction === 1 ? at.extent.from : at.extent.to };
  const next = x[nearestIndex(x, at.x) + direction];
  const end = direction === 1 ? at.extent.to : at.extent.from;
  return { kind: "hover", x: Math.min(at.extent.to, Math.max(at.extent.from, next ?? end)) };
}

function zoom(at: Parameters<typeof moveByKey>[1], factor: number): KeyMove {
  const { from, to } = at.extent;
  const center = at.x ?? (from + to) / 2;
  return {
    kind: "window",
    window: { from: center - (center - from) * factor, to: center + (to - center) * factor },
  };
}
