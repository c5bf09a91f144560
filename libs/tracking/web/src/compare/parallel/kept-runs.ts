import type { Brush, Brushes } from "@runweir/web-charts";
import { parseColumn } from "../../runs/run-column.ts";
import { runsInAddressMax } from "../../runs/run-ids.ts";

/** The runs that brushes have left, as an address can say it. */
export type KeptRuns =
  | { readonly kind: "runs"; readonly runIds: readonly string[]; readonly leftOut: number }
  | { readonly kind: "filter"; readonly filter: string };

/**
 * Few runs by their ids. Many by the filter, where it can say what the brushes do: MLflow's grammar compares metrics as
 * numbers and params as one text. Else the first ones.
 */
export function keptRuns({
  runIds,
  brushes,
  filter,
  filterable,
}: {
  /** Those that are left. */
  readonly runIds: readonly string[];
  readonly brushes: Brushes;
  /** Of the page. */
  readonly filter: string;
  /** Whether a column's values are those the filter compares. */
  readonly filterable: (id: string) => boolean;
}): KeptRuns {
  if (runIds.length > runsInAddressMax) {
    const comparisons = [...brushes].map(([id, brush]) => (filterable(id) ? compare(id, brush) : undefined));
    if (comparisons.every((comparison) => comparison !== undefined))
      return { kind: "filter", filter: [filter, ...comparisons].filter(Boolean).join(" and ") };
  }
  const first = runIds.slice(0, runsInAddressMax);
  return { kind: "runs", runIds: first, leftOut: runIds.length - first.length };
}

function compare(id: string, brush: Brush): string | undefined {
  const column = parseColumn(id);
  // The grammar has no way to write a backtick in a name.
  if (column === undefined || column.key.includes("`")) return undefined;
  if (brush.kind === "range") {
    if (column.entity !== "metric" && !column.key.endsWith("_time")) return undefined;
    const field = fieldOf(id, column.key);
    return `${field} >= ${brush.from} and ${field} <= ${brush.to}`;
  }
  const [name, ...others] = brush.names;
  if (name === undefined || others.length > 0 || /['"]/.test(name)) return undefined;
  return `${fieldOf(id, column.key)} = '${name}'`;
}

function fieldOf(id: string, key: string): string {
  return `${id.slice(0, id.indexOf("."))}.${/^\w+$/.test(key) ? key : `\`${key}\``}`;
}
