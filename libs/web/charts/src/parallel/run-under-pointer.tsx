import { formatNumber } from "@runweir/web-ui";
import type { ParallelAxis } from "./parallel-axis.ts";
import { type PlotFrame, pixelOf } from "./plot-frame.ts";

/** The run that the pointer is on: its line drawn strong, its name and values. */
export function RunUnderPointer({
  run,
  x,
  y,
  axes,
  frame,
  name,
}: {
  readonly run: number;
  readonly x: number;
  readonly y: number;
  readonly axes: readonly ParallelAxis[];
  readonly frame: PlotFrame;
  readonly name: string;
}) {
  const points = axes.map((axis, index) => `${frame.x[index]},${pixelOf(frame, axis.places[run]!)}`);
  const onLeft = x > frame.width / 2;
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
          ...(onLeft ? { right: frame.width - x + 14 } : { left: x + 14 }),
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
