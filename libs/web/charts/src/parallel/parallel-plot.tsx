"use client";

import { type MouseEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { AxisHead } from "./axis-head.tsx";
import { AxisStrip } from "./axis-strip.tsx";
import { nearestLine } from "./nearest-line.ts";
import type { ParallelAxis } from "./parallel-axis.ts";
import type { Brush, Brushes } from "./parallel-column.ts";
import { plotFrame } from "./plot-frame.ts";
import { RunUnderPointer } from "./run-under-pointer.tsx";
import { useLineLayers } from "./use-line-layers.ts";

export interface ParallelPlotProps {
  readonly label: string;
  readonly axes: readonly ParallelAxis[];
  /** The axis whose places colour the lines. */
  readonly colorBy: ParallelAxis | undefined;
  /** Which runs are left, 1 or 0 each. */
  readonly left: Uint8Array;
  readonly brushes: Brushes;
  /** In CSS pixels. */
  readonly height?: number;
  readonly nameOf: (run: number) => string;
  readonly onBrush: (id: string, brush: Brush | undefined, done: boolean) => void;
  readonly onMove: (from: number, to: number) => void;
  readonly onOpen: (run: number) => void;
  /** An axis' name as a button with a menu. */
  readonly head: (axis: ParallelAxis, index: number) => ReactNode;
}

/** Parallel coordinates of up to some 20,000 runs: a line per run across the axes, brushes that filter. */
export function ParallelPlot(props: ParallelPlotProps) {
  const { axes, height = 380, left } = props;
  const box = useRef<HTMLDivElement>(null);
  const back = useRef<HTMLCanvasElement>(null);
  const front = useRef<HTMLCanvasElement>(null);
  const refs = useMemo(() => ({ back, front }), []);
  const available = useWidth(box);
  const frame = useMemo(() => plotFrame(axes.length, available, height), [axes.length, available, height]);
  const picture = useLineLayers(refs, available === 0 ? undefined : frame, axes, props.colorBy, left);
  const [under, setUnder] = useState<{
    readonly run: number;
    readonly x: number;
    readonly y: number;
    readonly seen: { readonly from: number; readonly width: number };
  }>();
  const point = (event: MouseEvent<HTMLElement>) => {
    const { left: boxLeft, top } = event.currentTarget.getBoundingClientRect();
    const at = { x: event.clientX - boxLeft, y: event.clientY - top };
    const run = picture && event.buttons === 0 ? nearestLine(at, picture) : undefined;
    const { scrollLeft: from = 0, clientWidth: width = frame.width } = box.current ?? {};
    setUnder(run === undefined ? undefined : { run, ...at, seen: { from, width } });
  };
  return (
    <div ref={box} className="min-w-0 overflow-x-auto overflow-y-hidden">
      <div className="relative h-7" style={{ width: frame.width }}>
        {axes.map((axis, index) => (
          <AxisHead
            key={axis.column.id}
            title={axis.column.title}
            index={index}
            frame={frame}
            onMove={(to) => props.onMove(index, to)}
          >
            {props.head(axis, index)}
          </AxisHead>
        ))}
      </div>
      {/* The list of runs under the plot opens them by keys. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: see above */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: see above */}
      <div
        className="relative"
        style={{ width: frame.width, height, cursor: under ? "pointer" : undefined }}
        onMouseMove={point}
        onMouseLeave={() => setUnder(undefined)}
        onClick={(event) => {
          const onAxis = event.target instanceof HTMLElement && event.target.dataset.axis !== undefined;
          if (under && !onAxis) props.onOpen(under.run);
        }}
      >
        <canvas ref={back} aria-hidden className="absolute inset-0 size-full" />
        <canvas ref={front} role="img" aria-label={props.label} className="absolute inset-0 size-full" />
        {axes.map((axis, index) => (
          <AxisStrip
            key={axis.column.id}
            axis={axis}
            x={frame.x[index]!}
            frame={frame}
            brush={props.brushes.get(axis.column.id)}
            onBrush={(brush, done) => props.onBrush(axis.column.id, brush, done)}
          />
        ))}
        {under && picture && under.run < left.length && (
          <RunUnderPointer {...under} axes={axes} frame={frame} name={props.nameOf(under.run)} />
        )}
      </div>
    </div>
  );
}

function useWidth(ref: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return width;
}
