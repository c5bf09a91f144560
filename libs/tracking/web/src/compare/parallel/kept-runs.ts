import type { WireNumber } from "@runweir/tracking-trpc";
import type { Brush, Brushes } from "@runweir/web-charts";
import { parseColumn } from "../../runs/run-column.ts";
import { runsInAddressMax } from "../../runs/run-ids.ts";
import type { TargetStatistic } from "../use-target.ts";

/** The runs that brushes have left, as an address can say it. */
export type KeptRuns =
  | { readonly kind: "runs"; readonly runIds: readonly string[]; readonly leftOut: number }
  | { readonly kind: "filter"; readonly filter: string };

/** What an address holds, with room for what else is in it. */
const filterLengthMax = 2_500;

/**
 * Few runs by their ids. Many by the filter: metrics and times within their bounds, names and written numbers by the texts
 * that the brush covers. Where that is too long, the first ones.
 */
export function keptRuns({
  runIds,
  brushes,
  filter,
  statisticOf,
  valuesOf,
}: {
  /** Those that are left. */
  readonly runIds: readonly string[];
  readonly brushes: Brushes;
  /** Of the page. */
  readonly filter: string;
  /** Which number of a metric's series its axis shows. */
  readonly statisticOf: (id: string) => TargetStatistic;
  /** What was logged, by run; undefined for a brush without an axis, which leaves no run out. */
  readonly valuesOf: (id: string) => readonly (WireNumber | string | null)[] | undefined;
}): KeptRuns {
  if (runIds.length > runsInAddressMax) {
    const comparisons = [...brushes].flatMap(([id, brush]) => {
      const values = valuesOf(id);
      return values === undefined ? [] : [compare(id, brush, statisticOf(id), values)];
    });
    if (comparisons.every((comparison) => comparison !== undefined)) {
      // OR binds less than AND.
      const before = /\bor\b/i.test(filter) ? `(${filter})` : filter;
      const whole = [before, ...comparisons].filter(Boolean).join(" and ");
      if (whole.length <= filterLengthMax) return { kind: "filter", filter: whole };
    }
  }
  const first = runIds.slice(0, runsInAddressMax);
  return { kind: "runs", runIds: first, leftOut: runIds.length - first.length };
}

function compare(
  id: string,
  brush: Brush,
  statistic: TargetStatistic,
  values: readonly (WireNumber | string | null)[],
): string | undefined {
  const column = parseColumn(id);
  // The grammar has no way to write a backtick in a name.
  if (column === undefined || column.key.includes("`")) return undefined;
  const named = `${id.slice(0, id.indexOf("."))}.${/^\w+$/.test(column.key) ? column.key : `\`${column.key}\``}`;
  if (brush.kind === "names") return isOneOf(named, brush.names);
  if (column.entity === "metric" || column.key.endsWith("_time")) {
    const field = column.entity === "metric" && statistic !== "last" ? `${statistic}(${named})` : named;
    return `${field} >= ${brush.from} and ${field} <= ${brush.to}`;
  }
  const covered = values.filter(
    (value) => value !== null && Number(value) >= brush.from && Number(value) <= brush.to,
  );
  return isOneOf(named, [...new Set(covered.map(String))]);
}

function isOneOf(field: string, texts: readonly string[]): string | undefined {
  const [only, ...others] = texts;
  if (only === undefined) return undefined;
  if (others.length === 0) return `${field} = '${quote(only)}'`;
  // A pattern goes by lines, and a backslash may stand before a quote.
  if (texts.some((text) => /[\n\r\\]/.test(text))) return undefined;
  const pattern = texts.map((text) => text.replace(/[.*+?^${}()|[\]]/g, "\\$&")).join("|");
  return `${field} MATCHES '^(${quote(pattern)})$'`;
}

function quote(text: string): string {
  return text.replaceAll("'", "''");
}
