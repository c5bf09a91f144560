import type {
  CustomSeriesRenderItemAPI,
  CustomSeriesRenderItemParams,
  CustomSeriesRenderItemReturn,
} from "echarts";
import type { PreparedLine } from "./prepare-lines.ts";

type Point = [number, number];

/**
 * The area between the smallest and the largest value of every bucket, as one shape per unbroken stretch. ECharts asks
 * once per bucket; everything is drawn on the first, since thousands of small shapes would be slow.
 */
export function drawBand(
  line: PreparedLine,
  color: string,
  params: Pick<CustomSeriesRenderItemParams, "dataIndexInside">,
  api: Pick<CustomSeriesRenderItemAPI, "coord">,
): CustomSeriesRenderItemReturn {
  if (params.dataIndexInside !== 0) return undefined;
  const at = (x: number, y: number): Point => {
    const [left = 0, top = 0] = api.coord([x, y]);
    return [left, top];
  };
  return {
    type: "group",
    children: findStretches(line).map(([from, to]) => {
      const upper: Point[] = [];
      const lower: Point[] = [];
      for (let index = from; index < to; index++) {
        upper.push(at(line.x[index]!, line.max[index]!));
        lower.push(at(line.x[index]!, line.min[index]!));
      }
      return {
        type: "polygon" as const,
        silent: true,
        shape: { points: [...upper, ...lower.reverse()] },
        style: { fill: color, opacity: 0.14 },
      };
    }),
  };
}

/** Index ranges [from, to) without a gap. */
export function findStretches(
  line: Pick<PreparedLine, "min" | "max">,
): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  let start = -1;
  for (let index = 0; index <= line.min.length; index++) {
    const whole = index < line.min.length && line.min[index] !== null && line.max[index] !== null;
    if (whole && start === -1) start = index;
    if (!whole && start !== -1) {
      found.push([start, index]);
      start = -1;
    }
  }
  return found;
}
