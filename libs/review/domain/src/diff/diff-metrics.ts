import { nameMetric } from "../facts/metric-name.ts";
import type { MetricFact } from "../facts/version-facts.ts";
import { type Sample, summarise, welchP } from "./compare-means.ts";
import { anchorOf, changeOf, type DiffRow } from "./diff-row.ts";
import { type Direction, directionOf } from "./metric-direction.ts";

export type MetricVerdict = "better" | "worse" | "within_noise" | "same" | "changed" | "added" | "removed";

export interface MetricRow extends DiffRow {
  readonly metric: string;
  readonly slice: Readonly<Record<string, string>>;
  readonly direction: Direction | undefined;
  readonly base: Sample | undefined;
  readonly candidate: Sample | undefined;
  readonly delta: number | undefined;
  /** Where both sides have several runs. */
  readonly p: number | undefined;
  readonly verdict: MetricVerdict;
}

/** A difference that is no more likely to be chance than this counts. */
const significance = 0.05;

export function diffMetrics(
  before: readonly MetricFact[],
  after: readonly MetricFact[],
  directions: Readonly<Record<string, Direction>> = {},
): readonly MetricRow[] {
  const [left, right] = [byName(before), byName(after)];
  const names = [...new Set([...left.keys(), ...right.keys()])];
  return names
    .map((name) => compare(name, left.get(name), right.get(name), directions))
    .toSorted((a, b) => (a.metric === b.metric ? order(a.label, b.label) : order(a.metric, b.metric)));
}

function compare(
  name: string,
  before: MetricFact | undefined,
  after: MetricFact | undefined,
  directions: Readonly<Record<string, Direction>>,
): MetricRow {
  const fact = after ?? before;
  const metric = fact?.name ?? name;
  const direction = directionOf(metric, directions);
  const base = before && summarise(before.values);
  const candidate = after && summarise(after.values);
  const delta = base && candidate ? candidate.mean - base.mean : undefined;
  const p = base && candidate ? welchP(base, candidate) : undefined;
  const texts = [base && print(base), candidate && print(candidate)] as const;
  return {
    anchor: anchorOf("metrics", name),
    label: name,
    change: changeOf(...texts),
    before: texts[0],
    after: texts[1],
    metric,
    slice: fact?.slice ?? {},
    direction,
    base,
    candidate,
    delta,
    p,
    verdict: judge(base, candidate, p, direction),
  };
}

function judge(
  base: Sample | undefined,
  candidate: Sample | undefined,
  p: number | undefined,
  direction: Direction | undefined,
): MetricVerdict {
  if (!base) return "added";
  if (!candidate) return "removed";
  if (Object.is(base.mean, candidate.mean)) return "same";
  if (p !== undefined && p > significance) return "within_noise";
  if (direction === undefined || Number.isNaN(base.mean) || Number.isNaN(candidate.mean)) return "changed";
  return candidate.mean > base.mean === (direction === "up") ? "better" : "worse";
}

function byName(facts: readonly MetricFact[]): ReadonlyMap<string, MetricFact> {
  return new Map(facts.filter(({ values }) => values.length > 0).map((fact) => [nameMetric(fact), fact]));
}

function print({ mean, spread, count }: Sample): string {
  return count > 1 ? `${mean} ± ${spread}` : String(mean);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
