import { nearestIndex } from "./nearest-index.ts";
import type { PreparedLine } from "./prepare-lines.ts";

export interface HoverPoint {
  readonly line: PreparedLine;
  readonly x: number;
  readonly shown: number;
  readonly min: number;
  readonly max: number;
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
    return [{ line, x: at, shown, min: line.min[index] ?? shown, max: line.max[index] ?? shown }];
  });
}
