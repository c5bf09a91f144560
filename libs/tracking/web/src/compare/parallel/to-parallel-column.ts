import type { WireNumber } from "@runweir/tracking-trpc";
import type { ParallelColumn } from "@runweir/web-charts";
import { formatDate } from "@runweir/web-ui";
import { readsAsNumber } from "../../runs/reads-as-number.ts";
import { columnId, columnTitle, type RunColumn } from "../../runs/run-column.ts";

/** A column of the table of runs as an axis: numbers where every value there is reads as one, else names. */
export function toParallelColumn(
  column: RunColumn,
  values: readonly (WireNumber | string | null)[],
  log: boolean,
): ParallelColumn {
  const named = { id: columnId(column), title: columnTitle(column) };
  const measured = column.entity === "metric";
  const there = values.filter((value) => value !== null);
  if (measured || (there.length > 0 && there.every(readsAsNumber))) {
    const numbers = Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value)));
    const isTime = column.entity === "attribute" && column.key.endsWith("_time");
    return { ...named, kind: "number", values: numbers, log, ...(isTime ? { format: formatDate } : {}) };
  }
  return {
    ...named,
    kind: "category",
    values: values.map((value) => (value === null ? null : String(value))),
  };
}

/** The columns whose runs do not all have the same value, the first of them. */
export function differingColumns<Column>(
  columns: readonly Column[],
  values: readonly (readonly (WireNumber | string | null)[])[],
  max: number,
): readonly Column[] {
  return columns
    .filter((_, index) => {
      const own = values[index] ?? [];
      return own.some((value) => value !== own[0]);
    })
    .slice(0, max);
}
