import { nearestIndex } from "./nearest-index.ts";
import type { PreparedLine } from "./prepare-lines.ts";

export interface HoverPoint {
  readonly line: PreparedLine;
  readonly x: number;
  readonly shown: number;
  readonly min: number;
  readonly max: number;
  /** Finite and other values it is made of, where it stands for several runs. */
  readonly samples: { readonly n: number; readonly notFinite: number } | undefined;
}

/** The point of each line nearest to x; a line that had ended, or not begun, has none. */
export function readHover(lines: readonly PreparedLine[], x: number): readonly HoverPoint[] {
  return lines.flatMap((line) => {
    const index = nearestIndex(line.x, x);
    const shown = line.shown[index];
    if (index === -1 || shown === null || shown === undefined) return [];
    const at = line.x[index]!;
    const left = line.x[index - 1];
    const right = line.x[index + 1];
    const reach = Math.max(left === undefined ? 0 : at - left, right === undefined ? 0 : right - at);
    if (Math.abs(x - at) > reach && line.x.length > 1) return [];
    const samples = line.samples && {
      n: line.samples.n[index] ?? 0,
      notFinite: line.samples.notFinite[index] ?? 0,
    };
    return [{ line, x: at, shown, min: line.min[index] ?? shown, max: line.max[index] ?? shown, samples }];
  });
}
