import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { PointRow } from "@runweir/ingest-domain/testing";
import type { OpenedSnapshot } from "../src/reading/snapshot-reader.ts";

/** What was logged, as the tables name it; tables that are left out are not compared. */
export interface LoggedRows {
  readonly points: ReadonlyMap<string, readonly PointRow[]>;
  /** At least experiment_id, run_no and run_id of every run. */
  readonly runs: readonly Readonly<Record<string, unknown>>[];
  readonly params?: readonly Readonly<Record<string, unknown>>[];
  readonly tags?: readonly Readonly<Record<string, unknown>>[];
  readonly experiments?: readonly Readonly<Record<string, unknown>>[];
}

/** Has pandas compute every table from what was logged, and compare; the rows of each table. Throws its first difference. */
export async function compareWithPandas(
  python: string,
  logged: LoggedRows,
  { tables, hidden }: Pick<OpenedSnapshot, "tables" | "hidden">,
): Promise<Readonly<Record<string, number>>> {
  const folder = await mkdtemp(join(tmpdir(), "runweir-pandas-"));
  try {
    const points = [...logged.points].flatMap(([runId, rows]) =>
      rows.map(([key, step, ts, value]) => [runId, key, step, ts, String(value)]),
    );
    const [expected, files] = [join(folder, "expected.json"), join(folder, "files.json")];
    await writeFile(expected, JSON.stringify({ ...logged, points }));
    await writeFile(files, JSON.stringify({ tables, hidden }));
    const script = join(import.meta.dirname, "compare_with_pandas.py");
    const { stdout } = await promisify(execFile)(python, [script, expected, files]);
    return JSON.parse(stdout) as Record<string, number>;
  } finally {
    await rm(folder, { recursive: true });
  }
}
