import type { ObjectFilter, ObjectNames } from "@runweir/identity-domain";
import type { StatementValues } from "./statement-values.ts";

/** What the filter is over; only experiments have ids. */
interface VisibleColumns {
  readonly id?: string | undefined;
  readonly name: string;
}

/**
 * The objects that a filter lets through, as a condition that is never null: what it says of each is what the decision about
 * that object says. The column of names has the C collation, so that patterns tell upper from lower case.
 */
export function printVisible(filter: ObjectFilter, columns: VisibleColumns, values: StatementValues): string {
  if (filter === "all") return "TRUE";
  const conditions = [
    ...(filter.within === undefined ? [] : [printIds(filter.within, columns, values)]),
    ...(filter.allow === "all" ? [] : [printNames(filter.allow, columns, values)]),
    ...(isEmpty(filter.deny) ? [] : [`NOT ${printNames(filter.deny, columns, values)}`]),
  ];
  return conditions.length === 0 ? "TRUE" : `(${conditions.join(" AND ")})`;
}

function printNames(names: ObjectNames, columns: VisibleColumns, values: StatementValues): string {
  const terms = [
    ...(names.ids.length === 0 ? [] : [printIds(names.ids, columns, values)]),
    ...(names.patterns.length === 0
      ? []
      : [`${columns.name} LIKE ANY (${values.add(names.patterns.map(toLike))}::text[])`]),
  ];
  return terms.length === 0 ? "FALSE" : `(${terms.join(" OR ")})`;
}

/** An id that is no whole number is none of an experiment. */
function printIds(ids: readonly string[], { id }: VisibleColumns, values: StatementValues): string {
  if (id === undefined) return "FALSE";
  return `${id} = ANY (${values.add(ids.filter((one) => /^\d{1,18}$/.test(one)))}::bigint[])`;
}

/** `*` stands for any text, everything else for itself. */
function toLike(pattern: string): string {
  return pattern.replace(/[\\%_]/g, "\\$&").replaceAll("*", "%");
}

function isEmpty({ ids, patterns }: ObjectNames): boolean {
  return ids.length === 0 && patterns.length === 0;
}
