import type { ChartYScale } from "./chart-line.ts";
import type { PreparedLine } from "./prepare-lines.ts";

/** Why the plot is empty, over its axes. */
export function NothingDrawn({ reason }: { readonly reason: string }) {
  return (
    <p className="pointer-events-none absolute inset-0 grid place-items-center px-4 text-center text-sm text-ink-3">
      {reason}
    </p>
  );
}

/** Why nothing of the lines can be drawn, or undefined when something can. */
export function whyEmpty(
  lines: readonly Pick<PreparedLine, "x" | "shown">[],
  shown: { readonly yScale: ChartYScale; readonly zoomed: boolean },
): string | undefined {
  if (lines.some((line) => line.shown.some((value) => value !== null))) return undefined;
  if (lines.every(({ x }) => x.length === 0))
    return shown.zoomed ? "No points in this part. Escape shows everything." : "Nothing logged yet.";
  return shown.yScale === "log"
    ? "Nothing above zero to draw on a logarithmic axis."
    : "No finite values to draw.";
}
