import { type TableSchema, tables } from "@runweir/snapshot-domain";

/** The files that came along; there is a row per file, and its content is at `artifacts/<owner_kind>s/<owner_id>/<path>`. */
export const artifactFiles: TableSchema = {
  name: "artifact_files",
  meaning: "One row per artifact whose content is in the folder `artifacts`.",
  kind: "run",
  number: "owner_id",
  order: ["owner_kind", "owner_id", "path"],
  columns: [
    { name: "owner_kind", type: "VARCHAR", nullable: false, meaning: "run or model." },
    { name: "owner_id", type: "VARCHAR", nullable: false, meaning: "Id of the run or logged model." },
    { name: "path", type: "VARCHAR", nullable: false, meaning: "Path below the artifacts of its owner." },
    { name: "bytes", type: "BIGINT", nullable: false, meaning: "Size in bytes." },
    { name: "sha256", type: "VARCHAR", nullable: false, meaning: "SHA-256 of the content, hexadecimal." },
  ],
};

/** Every table of an export, each in a folder of its own; one that holds nothing has a file without rows. */
export const exportTables: readonly TableSchema[] = [...tables, artifactFiles];

/** Registered models belong to no experiment: they come along when everything does. */
export function isOfRegistry(table: TableSchema): boolean {
  return table.kind === "model";
}
