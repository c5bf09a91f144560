import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DuckDb } from "@runweir/duckdb";
import { exportTables } from "@runweir/transfer-domain";

/** What a server chooses for itself: numbers, and where artifacts lie below experiments of other ids. */
const chosenHere = new Set([
  "run_no",
  "model_no",
  "experiment_id",
  "artifact_uri",
  "artifact_location",
  "storage_location",
]);

/** Snapshots add up what each brought: floats that are added in another order differ in their last bits. */
const addedUp = new Set(["sum", "mean"]);

/** How many rows of each table one export has and the other does not, both ways; experiments are compared by name. */
export async function compareExports(
  duckdb: DuckDb,
  one: string,
  other: string,
): Promise<Record<string, number>> {
  const differing: Record<string, number> = {};
  for (const table of exportTables) {
    const rows = (folder: string): string => {
      const files = `'${join(folder, table.name)}/*.parquet'`;
      const columns = table.columns
        .filter(({ name }) => !chosenHere.has(name))
        .map(({ name }) => (addedUp.has(name) ? `t."${name}"::FLOAT AS "${name}"` : `t."${name}"`));
      if (table.columns.some(({ name }) => name === "experiment_id") && table.name !== "experiments")
        return `SELECT e.name AS experiment, ${columns.join(", ")} FROM read_parquet(${files}) t
          JOIN read_parquet('${join(folder, "experiments")}/*.parquet') e USING (experiment_id)`;
      // The experiment that every server has of its own keeps its own times.
      const own = table.name === "experiments" ? " WHERE name <> 'Default'" : "";
      return `SELECT ${columns.join(", ")} FROM read_parquet(${files}) t${own}`;
    };
    for (const [a, b] of [
      [one, other],
      [other, one],
    ] as const) {
      const [row] = await duckdb.query<{ n: bigint }>(
        `SELECT count(*) AS n FROM (SELECT * FROM (${rows(a)}) EXCEPT ALL SELECT * FROM (${rows(b)}))`,
      );
      if (row?.n) differing[`${table.name}${a === one ? "" : ", the other way"}`] = Number(row.n);
    }
  }
  return differing;
}

export function readManifest(folder: string): {
  rows: Record<string, number>;
  files: { path: string; sha256: string }[];
} {
  return JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
}
