import { type Manifest, pointTables, tables } from "@runweir/snapshot-domain";
import { numberList, printFiles } from "./print-columns.ts";

/**
 * Statements that make a snapshot's tables readable as views, over exactly the files of its manifest. Runs that are
 * hidden (by the manifest, and those deleted since: `SnapshotCatalog.findHidden`) are left out of every table of runs.
 */
export function printViews(
  manifest: Manifest,
  options: {
    locate(path: string): string;
    readonly hidden: readonly number[];
    readonly schema?: string;
  },
): readonly string[] {
  const schema = options.schema ?? "main";
  const hidden = [...new Set([...manifest.hidden, ...options.hidden])];
  return tables.map((table) => {
    const files = manifest.files.filter((file) => file.table === table.name);
    const ofRuns = table.kind === "run" && hidden.length > 0;
    const columns = table.columns.map(({ name }) => `"${name}"`).join(", ");
    // Points alone may hold hidden runs of this snapshot; the other tables only runs that were deleted since.
    const left = table === pointTables.points ? hidden : options.hidden;
    const where = ofRuns && left.length > 0 ? ` WHERE ${table.number} NOT IN ${numberList(left)}` : "";
    return `CREATE OR REPLACE VIEW "${schema}"."${table.name}" AS
      SELECT ${columns} FROM ${printFiles(table, files, options.locate)}${where}`;
  });
}
