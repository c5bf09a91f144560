import { schemaVersion, type TableSchema, tables } from "./schema.ts";

/** The published schema as Markdown: `SCHEMA.md` of this package, and of every export. */
export function printSchemaDocument(): string {
  return [
    `# Snapshot schema, version ${schemaVersion}`,
    "",
    "A snapshot is a manifest and the Parquet files it lists (zstd). Rows of deleted runs, experiments and models are in no",
    "table; the runs that the manifest hides are still in some files of `metric_points`, and are to be left out. Times are UTC.",
    "",
    ...printTables(tables),
  ].join("\n");
}

/** Lines that describe these tables, for schema documents. */
export function printTables(described: readonly TableSchema[]): readonly string[] {
  return described.flatMap(printTable);
}

function printTable(table: TableSchema): readonly string[] {
  return [
    `## ${table.name}`,
    "",
    `${table.meaning} Sorted by ${table.order.join(", ")}.`,
    "",
    ...alignRows([
      ["column", "type", "null", "meaning"],
      ...table.columns.map(({ name, type, nullable, meaning }) => [
        `\`${name}\``,
        type,
        nullable ? "yes" : "no",
        meaning,
      ]),
    ]),
    "",
  ];
}

/** A Markdown table that can be read as it is. */
function alignRows(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows[0]?.map((_, place) => Math.max(...rows.map((row) => row[place]?.length ?? 0))) ?? [];
  const lines = rows.map(
    (row) => `| ${row.map((cell, place) => cell.padEnd(widths[place] as number)).join(" | ")} |`,
  );
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [lines[0] as string, rule, ...lines.slice(1)];
}
