import type { GroupCurve, GroupCurves, RunTable } from "@runweir/tracking-domain";
import { toWireNumber, toWireNumberOrNull, type WireNumber } from "./wire-number.ts";

export interface WireRunTable extends Omit<RunTable, "columns"> {
  readonly columns: readonly (readonly (WireNumber | string | null)[])[];
}

type Statistic = "mean" | "deviation" | "min" | "max";

export interface WireGroupCurve extends Omit<GroupCurve, Statistic | "quantiles"> {
  readonly mean: readonly (WireNumber | null)[];
  readonly deviation: readonly (WireNumber | null)[];
  readonly min: readonly (WireNumber | null)[];
  readonly max: readonly (WireNumber | null)[];
  readonly quantiles: Readonly<Record<keyof GroupCurve["quantiles"], readonly (WireNumber | null)[]>>;
}

export interface WireGroupCurves extends Omit<GroupCurves, "curves"> {
  readonly curves: readonly WireGroupCurve[];
}

export function toWireRunTable(table: RunTable): WireRunTable {
  return {
    ...table,
    columns: table.columns.map((column) =>
      column.map((value) => (typeof value === "number" ? toWireNumber(value) : value)),
    ),
  };
}

/** Means of finite values may still be infinite: they are sums. */
export function toWireGroupCurves(answer: GroupCurves): WireGroupCurves {
  return { ...answer, curves: answer.curves.map(toWireGroupCurve) };
}

function toWireGroupCurve(curve: GroupCurve): WireGroupCurve {
  const { p05, p25, p50, p75, p95 } = curve.quantiles;
  return {
    ...curve,
    mean: toWire(curve.mean),
    deviation: toWire(curve.deviation),
    min: toWire(curve.min),
    max: toWire(curve.max),
    quantiles: { p05: toWire(p05), p25: toWire(p25), p50: toWire(p50), p75: toWire(p75), p95: toWire(p95) },
  };
}

function toWire(values: readonly (number | null)[]): readonly (WireNumber | null)[] {
  return values.map(toWireNumberOrNull);
}
