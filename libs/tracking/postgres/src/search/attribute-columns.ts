import { type ColumnType, printComparison, type StatementValues } from "@runweir/postgres";
import type { OrderTerm } from "@runweir/sql";
import type { Comparison } from "@runweir/tracking-domain";

interface AttributeColumn {
  readonly column: string;
  readonly type: ColumnType;
  readonly nullable?: true;
}

export interface AttributeColumns {
  compare(key: string, comparison: Comparison, values: StatementValues): string;
  order(key: string, ascending: boolean): OrderTerm;
}

/** The own columns of one kind of row, by the names that filters and orders use. `what` is said of an unknown name. */
export function attributeColumns(
  what: string,
  columns: Readonly<Record<string, AttributeColumn>>,
): AttributeColumns {
  const find = (key: string): AttributeColumn => {
    const found = columns[key];
    if (!found) throw new Error(`No such attribute of ${what}: ${key}`);
    return found;
  };
  return {
    compare(key, comparison, values) {
      const { column, type, nullable } = find(key);
      // Ids are numbers here, but quoted in filters as if they were text.
      const asText = type === "bigint" && typeof comparison.value !== "number";
      const printed = asText
        ? printComparison(`${column}::text`, "text", comparison, values)
        : printComparison(column, type, comparison, values);
      return nullable ? `coalesce(${printed}, FALSE)` : printed;
    },
    order(key, ascending) {
      const { column, type, nullable } = find(key);
      return { name: key, expression: column, type, ascending, nullable: nullable ?? false };
    },
  };
}
