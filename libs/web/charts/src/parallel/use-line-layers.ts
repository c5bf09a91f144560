"use client";

import { useTheme } from "@runweir/web-ui";
import { type RefObject, useEffect, useMemo, useRef } from "react";
import { readChartColors } from "../chart-colors.ts";
import { colorStep, spreadColors } from "./color-scale.ts";
import { drawingOrder, opacityOf } from "./drawing-order.ts";
import { createLineLayer, type LineLayer } from "./line-layer.ts";
import type { ParallelAxis } from "./parallel-axis.ts";
import { type PlotFrame, pixelsOf } from "./plot-frame.ts";

/** Runs that brushes leave out are as faint as this. */
const faintest = 0.6;

/**
 * Draws the runs that are left in the colours of the last axis, and behind them, grey, those that are not. Only what changed
 * is drawn again: a brush moves the lines in front and leaves those behind as they are.
 */
export function useLineLayers(
  refs: {
    readonly back: RefObject<HTMLCanvasElement | null>;
    readonly front: RefObject<HTMLCanvasElement | null>;
  },
  frame: PlotFrame | undefined,
  axes: readonly ParallelAxis[],
  colorBy: ParallelAxis | undefined,
  left: Uint8Array,
) {
  const theme = useTheme();
  const layers = useRef<{ readonly back: LineLayer; readonly front: LineLayer }>(undefined);
  const y = useMemo(() => (frame ? axes.map((axis) => pixelsOf(frame, axis)) : []), [frame, axes]);
  const steps = useMemo(
    () => Int8Array.from(colorBy?.places ?? new Float32Array(left.length).fill(Number.NaN), colorStep),
    [colorBy, left.length],
  );
  const all = useMemo(() => drawingOrder(new Uint8Array(left.length).fill(1), 1), [left.length]);
  const lines = useMemo(() => drawingOrder(left, 1), [left]);
  const brushed = lines.length < left.length;
  useEffect(() => {
    const { back, front } = refs;
    if (!back.current || !front.current) return;
    layers.current = { back: createLineLayer(back.current), front: createLineLayer(front.current) };
    return () => {
      layers.current?.back.stop();
      layers.current?.front.stop();
    };
  }, [refs]);
  const { back, front } = refs;
  useEffect(() => {
    const layer = layers.current?.back;
    if (!layer || !back.current || !frame) return;
    const plain = readColors(back.current, theme).faint;
    const drawn = brushed ? all : new Uint32Array();
    const opacity = opacityOf(drawn.length) * faintest;
    layer.draw(
      { x: frame.x, y, lines: drawn, steps: greySteps(all.length), palette: [], plain, opacity },
      frame.width,
      frame.height,
    );
  }, [back, frame, y, all, brushed, theme]);
  useEffect(() => {
    const layer = layers.current?.front;
    if (!layer || !front.current || !frame) return;
    const { palette, plain } = readColors(front.current, theme);
    layer.draw(
      { x: frame.x, y, lines, steps, palette, plain, opacity: opacityOf(lines.length) },
      frame.width,
      frame.height,
    );
  }, [front, frame, y, lines, steps, theme]);
  return useMemo(() => (frame ? { x: frame.x, y, lines } : undefined), [frame, y, lines]);
}

function readColors(element: Element, theme: string) {
  // The colours follow the theme, which stands in the document and not in React.
  element.setAttribute("data-theme-drawn", theme);
  const colors = readChartColors(element);
  const stops = [1, 2, 3, 4].map((stop) => colors.resolve(`var(--scale-${stop})`));
  return { palette: spreadColors(stops), plain: colors.label, faint: colors.resolve("var(--line-strong)") };
}

function greySteps(lines: number): Int8Array {
  return new Int8Array(lines).fill(-1);
}
