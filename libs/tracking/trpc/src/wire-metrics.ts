import type { ChartSeries, Tracking } from "@runweir/tracking-domain";
import { toWireNumber, toWireNumberOrNull, type WireNumber } from "./wire-number.ts";

type SeriesStatistics =
  Awaited<ReturnType<Tracking["getMetricStatistics"]>> extends ReadonlyMap<string, readonly (infer Item)[]>
    ? Item
    : never;

export interface WirePoint {
  readonly step: number;
  readonly timestamp: number;
  readonly value: WireNumber;
}

/** Exact statistics of one series; `min`, `max` and `mean` leave NaN out and are null when there is nothing else. */
export interface WireStatistics {
  readonly key: string;
  readonly count: number;
  readonly nanCount: number;
  readonly min: WireNumber | null;
  readonly max: WireNumber | null;
  readonly mean: WireNumber | null;
  readonly stepOfMin: number | null;
  readonly stepOfMax: number | null;
  readonly first: WirePoint;
  readonly last: WirePoint;
}

export interface WireChartSeries extends Omit<ChartSeries, "min" | "max" | "last"> {
  readonly min: readonly (WireNumber | null)[];
  readonly max: readonly (WireNumber | null)[];
  readonly last: readonly (WireNumber | null)[];
}

export function toWireStatistics(series: SeriesStatistics): WireStatistics {
  const numbers = series.count - series.nanCount;
  return {
    key: series.key,
    count: series.count,
    nanCount: series.nanCount,
    min: toWireNumberOrNull(series.min),
    max: toWireNumberOrNull(series.max),
    mean: series.sum === null || numbers === 0 ? null : toWireNumber(series.sum / numbers),
    stepOfMin: series.stepOfMin,
    stepOfMax: series.stepOfMax,
    first: toWirePoint(series.first),
    last: toWirePoint(series.last),
  };
}

export function toWireChartSeries(series: ChartSeries): WireChartSeries {
  return {
    ...series,
    min: series.min.map(toWireNumberOrNull),
    max: series.max.map(toWireNumberOrNull),
    last: series.last.map(toWireNumberOrNull),
  };
}

function toWirePoint(point: { readonly step: number; readonly timestamp: number; readonly value: number }) {
  return { step: point.step, timestamp: point.timestamp, value: toWireNumber(point.value) };
}
