import { printTables, schemaVersion } from "@runweir/snapshot-domain";
import { exportTables } from "./export-tables.ts";

/** The schema document of an export: every table, column by column. */
export function printExportSchema(): string {
  return [
    `# Schema of the export, version ${schemaVersion}`,
    "",
    "Each table is a folder of Parquet files, sorted across its files in the order of their names. Times are UTC, to the",
    "millisecond. Nothing that is deleted is in any of them.",
    "",
    ...printTables(exportTables),
  ].join("\n");
}
