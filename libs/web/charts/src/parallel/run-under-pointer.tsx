import { formatNumber } from "@runweir/web-ui";
import type { ParallelAxis } from "./parallel-axis.ts";
import { type PlotFrame, pixelOf } from "./plot-frame.ts";

/** Where less is seen of the plot, no card has room on either side of the pointer. */
const besideMin = 600;

/** The run that the pointer is on: its line drawn strong, its name and values. */
export function RunUnderPointer({
  run,
  x,
  y,
  axes,
  frame,
  seen,
  name,
}: {
  readonly run: number;
  readonly x: number;
  readonly y: number;
  readonly axes: readonly ParallelAxis[];
  readonly frame: PlotFrame;
  /** The part of the plot that is not scrolled away. */
  readonly seen: { readonly from: number; readonly width: number };
  readonly name: string;
}) {
  const points = axes.map((axis, index) => `${frame.x[index]},${pixelOf(frame, axis.places[run]!)}`);
  const share = (x - seen.from) / seen.width;
  const place =
    seen.width < besideMin
      ? { left: x, transform: `translateX(${-100 * share}%)` }
      : share > 0.5
        ? { right: frame.width - x + 14 }
        : { left: x + 14 };
  return (
    <>
      <svg aria-hidden="true" className="pointer-events-none absolute inset-0 size-full">
        <polyline points={points.join(" ")} fill="none" stroke="var(--surface)" strokeWidth={5} />
        <polyline points={points.join(" ")} fill="none" stroke="var(--ink)" strokeWidth={2} />
      </svg>
      <div
        className="pointer-events-none absolute z-20 max-w-72 min-w-32 rounded-md border border-line bg-surface px-2 py-1.5 text-xs shadow-pop"
        style={{
          top: Math.min(y + 12, Math.max(0, frame.height - 40 - axes.length * 17)),
          ...place,
        }}
      >
        <div className="truncate pb-0.5 font-semibold">{name}</div>
        {axes.map(({ column }) => (
          <div key={column.id} className="flex gap-2">
            <span className="num min-w-0 flex-1 truncate text-ink-3">{column.title}</span>
            <span className="num max-w-40 truncate">{readValue(column, run)}</span>
          </div>
        ))}
      </div>
    </>
  );
}

function readValue(column: ParallelAxis["column"], run: number): string {
  if (column.kind === "category") return column.values[run] ?? "–";
  const value = column.values[run] ?? Number.NaN;
  if (Number.isNaN(value)) return "–";
  return column.format ? column.format(value) : formatNumber(value);
}
