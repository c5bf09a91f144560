import { useMemo } from "react";

/** A curve the size of a word, for tables. It has no axes and no name; the numbers stand beside it. */
export function Sparkline({
  values,
  color = "var(--ink-3)",
  width = 110,
  height = 20,
}: {
  readonly values: readonly (number | string | null)[];
  readonly color?: string;
  readonly width?: number;
  readonly height?: number;
}) {
  const path = useMemo(() => sparkPath(values, width, height), [values, width, height]);
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden
      className="block max-w-full"
    >
      <path d={path} fill="none" stroke={color} strokeWidth="1.4" strokeLinejoin="round" />
    </svg>
  );
}

/** Gaps (anything that is no finite number) lift the pen; a single value is a level line. */
export function sparkPath(
  values: readonly (number | string | null)[],
  width: number,
  height: number,
): string {
  const finite = values.filter(
    (value): value is number => typeof value === "number" && Number.isFinite(value),
  );
  if (finite.length === 0) return "";
  const low = finite.reduce((a, b) => Math.min(a, b));
  const span = finite.reduce((a, b) => Math.max(a, b)) - low;
  const y = (value: number) => 2 + (height - 4) * (span === 0 ? 0.5 : 1 - (value - low) / span);
  if (values.length === 1) return `M0 ${y(finite[0]!).toFixed(1)}H${width}`;
  let pen = "M";
  return values
    .map((value, index) => {
      if (typeof value !== "number" || !Number.isFinite(value)) {
        pen = "M";
        return "";
      }
      const point = `${pen}${((index / (values.length - 1)) * width).toFixed(1)} ${y(value).toFixed(1)}`;
      pen = "L";
      return point;
    })
    .join("");
}
