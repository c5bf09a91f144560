"use client";

import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { formatXValue } from "./axis-ticks.ts";
import type { ChartWindow, ChartXAxis } from "./chart-line.ts";
import { HoverCard } from "./hover-card.tsx";
import { setHover, useHover } from "./hover-group.ts";
import { moveByKey } from "./move-by-key.ts";
import type { PreparedLine } from "./prepare-lines.ts";
import { readHover } from "./read-hover.ts";
import type { Plot } from "./use-engine.ts";

/** Dragging over fewer pixels is a click. */
const dragMin = 5;

/** Crosshair, values and zooming on top of the picture; nothing here makes ECharts draw again. */
export function ChartOverlay({
  id,
  group,
  label,
  lines,
  xAxis,
  extent,
  plot,
  zoomed,
  onWindowChange,
}: {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  readonly lines: readonly PreparedLine[];
  readonly xAxis: ChartXAxis;
  readonly extent: ChartWindow;
  readonly plot: Plot;
  readonly zoomed: boolean;
  readonly onWindowChange: ((window: ChartWindow | undefined) => void) | undefined;
}) {
  const hover = useHover(group);
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number }>();
  const width = Math.max(1, plot.right - plot.left);
  const valueAt = (left: number) => extent.from + ((left - plot.left) / width) * (extent.to - extent.from);
  const leftOf = (x: number) => plot.left + ((x - extent.from) / (extent.to - extent.from)) * width;
  const pixelOf = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const left = Math.min(plot.right, Math.max(plot.left, event.clientX - box.left));
    return { left, top: event.clientY - box.top };
  };
  const point = (event: PointerEvent<HTMLElement>) => {
    const { left, top } = pixelOf(event);
    setHover(group, { x: valueAt(left), source: id, y: top });
    if (drag) setDrag({ from: drag.from, to: left });
  };
  const release = () => {
    setDrag(undefined);
    if (!drag || !onWindowChange || Math.abs(drag.to - drag.from) < dragMin) return;
    const [from, to] = [valueAt(drag.from), valueAt(drag.to)].sort((a, b) => a - b) as [number, number];
    onWindowChange(xAxis === "step" ? { from: Math.floor(from), to: Math.ceil(to) } : { from, to });
  };
  const press = (event: KeyboardEvent) => {
    const move = moveByKey(event.key, { lines, extent, zoomed, x: hover?.x });
    if (!move) return;
    event.preventDefault();
    if (move.kind === "hover") setHover(group, { x: move.x, source: id, y: undefined });
    else if (move.kind === "leave") setHover(group, undefined);
    else onWindowChange?.(move.window);
  };
  const inside = hover && hover.x >= extent.from && hover.x <= extent.to;
  const points = inside ? readHover(lines, hover.x) : [];
  return (
    // biome-ignore lint/a11y/useSemanticElements: no element means "a chart that can be walked through with arrow keys"
    <div
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys walk along the curve
      tabIndex={0}
      aria-label={`${label}. Arrow keys read values, plus and minus zoom, Escape resets.`}
      className="absolute inset-0 cursor-crosshair touch-pan-y rounded-sm select-none"
      onPointerMove={point}
      onPointerLeave={() => setHover(group, undefined)}
      onPointerDown={(event) => {
        if (event.button !== 0 || !onWindowChange || event.pointerType === "touch") return point(event);
        event.currentTarget.setPointerCapture(event.pointerId);
        const { left } = pixelOf(event);
        setDrag({ from: left, to: left });
      }}
      onPointerUp={release}
      onPointerCancel={() => setDrag(undefined)}
      onDoubleClick={() => onWindowChange?.(undefined)}
      onKeyDown={press}
      onBlur={() => setHover(group, undefined)}
    >
      {drag && (
        <div
          className="pointer-events-none absolute bg-accent opacity-15"
          style={{
            left: Math.min(drag.from, drag.to),
            width: Math.abs(drag.to - drag.from),
            top: plot.top,
            height: plot.bottom - plot.top,
          }}
        />
      )}
      {inside && (
        <>
          <div
            className="pointer-events-none absolute w-px border-l border-dashed border-ink-3"
            style={{ left: leftOf(hover.x), top: plot.top, height: plot.bottom - plot.top }}
          />
          {points.map(({ line, x, shown }) => (
            <span
              key={line.id}
              className="pointer-events-none absolute size-1.75 -translate-x-1/2 -translate-y-1/2 rounded-full border border-surface"
              style={{ left: leftOf(x), top: plot.yOf(shown), background: line.color }}
            />
          ))}
          {hover.source === id && !drag && (
            <HoverCard
              heading={formatXValue(xAxis, xAxis === "step" ? Math.round(points[0]?.x ?? hover.x) : hover.x)}
              points={points}
              left={leftOf(hover.x)}
              top={hover.y}
              plot={plot}
              announce={hover.y === undefined}
            />
          )}
        </>
      )}
    </div>
  );
}
