import type { ParallelAxis } from "./parallel-axis.ts";

/** Above and below the axes, in CSS pixels; the places of runs without a value are in the lower one. */
const padTop = 10;
const padFoot = 34;
export const padSide = 66;
/** Axes nearer to each other than this cannot be read; the plot scrolls sideways. */
const gapMin = 104;

export interface PlotFrame {
  readonly width: number;
  readonly height: number;
  /** Where each axis stands. */
  readonly x: readonly number[];
  readonly gap: number;
  readonly top: number;
  readonly bottom: number;
  /** Of a run without a value. */
  readonly foot: number;
}

export function plotFrame(axes: number, available: number, height: number): PlotFrame {
  const gaps = Math.max(1, axes - 1);
  const gap = Math.max(gapMin, (available - 2 * padSide) / gaps);
  return {
    width: Math.max(available, 2 * padSide + gaps * gap),
    height,
    x: Array.from({ length: axes }, (_, index) => padSide + index * gap),
    gap,
    top: padTop,
    bottom: height - padFoot,
    foot: height - 12,
  };
}

export function pixelOf(frame: PlotFrame, place: number): number {
  return Number.isNaN(place) ? frame.foot : frame.bottom - place * (frame.bottom - frame.top);
}

export function placeAt(frame: PlotFrame, pixel: number): number {
  return (frame.bottom - pixel) / (frame.bottom - frame.top);
}

export function pixelsOf(frame: PlotFrame, axis: ParallelAxis): Float32Array {
  return axis.places.map((place) => pixelOf(frame, place));
}
