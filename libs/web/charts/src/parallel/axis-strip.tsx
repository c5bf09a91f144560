"use client";

import { formatCount } from "@runweir/web-ui";
import { type PointerEvent, useState } from "react";
import { brushBetween, placesOf } from "./apply-brushes.ts";
import { type ParallelAxis, ticksWithRoom } from "./parallel-axis.ts";
import type { Brush } from "./parallel-column.ts";
import { type PlotFrame, pixelOf, placeAt } from "./plot-frame.ts";

/** Labels nearer than this run into each other, in CSS pixels. */
const labelGap = 14;
/** A shorter stroke is a click. */
const strokeMin = 4;
const reach = 12;

/** One axis: its line and ticks, and the brush that a stroke along it makes. A click takes the brush away. */
export function AxisStrip({
  axis,
  x,
  frame,
  brush,
  onBrush,
}: {
  readonly axis: ParallelAxis;
  readonly x: number;
  readonly frame: PlotFrame;
  readonly brush: Brush | undefined;
  /** `done` is false while the stroke is being made. */
  readonly onBrush: (brush: Brush | undefined, done: boolean) => void;
}) {
  const [stroke, setStroke] = useState<Stroke>();
  const { column } = axis;
  const covered = brush && placesOf(axis, brush);
  const pointAt = (event: PointerEvent<HTMLElement>) =>
    event.clientY - event.currentTarget.getBoundingClientRect().top;
  const begin = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = pointAt(event);
    const place = placeAt(frame, at);
    const inside = covered !== undefined && place >= covered[0] && place <= covered[1];
    setStroke({ from: at, moved: false, held: inside ? covered : undefined });
  };
  const brushOf = ({ from, held }: Stroke, at: number) => {
    if (held === undefined) return brushBetween(axis, placeAt(frame, from), placeAt(frame, at));
    // What is covered moves along, as far as the axis goes.
    const wanted = placeAt(frame, at) - placeAt(frame, from);
    const by = Math.min(1 - held[1], Math.max(-held[0], wanted));
    return brushBetween(axis, held[0] + by, held[1] + by);
  };
  const move = (event: PointerEvent<HTMLDivElement>) => {
    if (!stroke) return;
    const at = pointAt(event);
    if (!stroke.moved && Math.abs(at - stroke.from) < strokeMin) return;
    setStroke({ ...stroke, moved: true });
    onBrush(brushOf(stroke, at), false);
  };
  const release = (event: PointerEvent<HTMLDivElement>) => {
    if (!stroke) return;
    setStroke(undefined);
    onBrush(stroke.moved ? brushOf(stroke, pointAt(event)) : undefined, true);
  };
  return (
    <>
      <div
        aria-hidden
        className="pointer-events-none absolute w-px bg-ink-3"
        style={{ left: x, top: frame.top, height: frame.bottom - frame.top }}
      />
      {ticksWithRoom(axis.ticks, labelGap / (frame.bottom - frame.top)).map(({ at, label }) => (
        <span
          key={at}
          aria-hidden
          className="num pointer-events-none absolute max-w-24 -translate-y-1/2 truncate rounded-sm bg-surface/75 px-0.5 text-[10px] leading-3 text-ink-2"
          style={{ left: x + 5, top: pixelOf(frame, at) }}
        >
          {label}
        </span>
      ))}
      {axis.missing > 0 && (
        <span
          className="num pointer-events-none absolute -translate-y-1/2 rounded-sm bg-surface/75 px-0.5 text-[10px] leading-3 whitespace-nowrap text-ink-3"
          style={{ left: x + 5, top: frame.foot }}
          title={`${formatCount(axis.missing)} runs have no value here`}
        >
          none {formatCount(axis.missing)}
        </span>
      )}
      {covered && (
        <div
          className="pointer-events-none absolute w-3.5 -translate-x-1/2 rounded-[3px] border border-accent bg-accent/25"
          style={{
            left: x,
            top: pixelOf(frame, covered[1]),
            height: Math.max(3, pixelOf(frame, covered[0]) - pixelOf(frame, covered[1])),
          }}
        />
      )}
      <div
        data-axis={column.title}
        className="absolute cursor-ns-resize touch-none"
        style={{ left: x - reach, width: 2 * reach, top: 0, height: frame.height }}
        onPointerDown={begin}
        onPointerMove={move}
        onPointerUp={release}
        onPointerCancel={() => setStroke(undefined)}
      />
    </>
  );
}

interface Stroke {
  /** Where it began, in pixels from the top. */
  readonly from: number;
  readonly moved: boolean;
  /** The part of the axis that was taken hold of, to be moved. */
  readonly held: readonly [number, number] | undefined;
}
