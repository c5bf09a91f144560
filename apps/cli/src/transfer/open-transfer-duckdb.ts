import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDb, openDuckDb } from "@runweir/duckdb";

const memoryMegabytes = 1_536;
const spillMegabytes = 50_000;

/** A DuckDB that reads and writes these folders and nothing else; what does not fit into memory goes to `spill`. */
export async function withDuckDb<T>(
  folders: readonly string[],
  spill: string,
  work: (duckdb: DuckDb) => Promise<T>,
): Promise<T> {
  const duckdb = await openDuckDb({
    memoryMegabytes,
    threads: Math.min(8, availableParallelism()),
    folders: folders.map((folder) => `${folder}/`),
    spillFolder: spill,
    spillMegabytes,
  });
  try {
    return await work(duckdb);
  } finally {
    duckdb.close();
  }
}

export async function withTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "runweir-transfer-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
