import type { WireNumber } from "@runweir/tracking-trpc";
import { readsAsNumber } from "../../runs/reads-as-number.ts";

/** A param against the target, one point per run that has both. */
export type ScatterData = NumberScatter | CategoryScatter;

export interface NumberScatter {
  readonly kind: "number";
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface CategoryScatter {
  readonly kind: "category";
  /** Most runs first. */
  readonly categories: readonly {
    readonly name: string;
    readonly values: readonly number[];
    readonly box: Box;
  }[];
  /** Runs of the categories that are not drawn. */
  readonly leftOut: number;
}

export interface Box {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

const categoriesMax = 20;

export function scatterData(
  params: readonly (WireNumber | string | null)[],
  target: readonly (WireNumber | string | null)[],
): ScatterData {
  const pairs = params.flatMap((param, run) => {
    const value = Number(target[run] ?? "NaN");
    return param === null || !Number.isFinite(value) ? [] : [{ param: String(param), value }];
  });
  if (pairs.every(({ param }) => readsAsNumber(param)))
    return { kind: "number", points: pairs.map(({ param, value }) => [Number(param), value]) };
  const groups = Map.groupBy(pairs, ({ param }) => param);
  const sorted = [...groups].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
  const rest = sorted.slice(categoriesMax);
  return {
    kind: "category",
    categories: sorted.slice(0, categoriesMax).map(([name, members]) => {
      const values = members.map(({ value }) => value);
      return { name, values, box: boxOf(values) };
    }),
    leftOut: rest.reduce((sum, [, members]) => sum + members.length, 0),
  };
}

function boxOf(values: readonly number[]): Box {
  const sorted = values.toSorted((a, b) => a - b);
  return { low: quantile(sorted, 0.25), median: quantile(sorted, 0.5), high: quantile(sorted, 0.75) };
}

/** By linear interpolation between neighbours. */
export function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? below;
  return below + (above - below) * (at - Math.floor(at));
}
