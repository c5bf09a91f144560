import { createReadStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { QueryLimits, QuerySummary } from "@runweir/analytics-domain";
import type { KeptResult } from "./keep-result.ts";
import { tooManyBytes } from "./result-limits.ts";
import type { ResultSink } from "./run-statement.ts";

const pieceBytes = 262_144;

/** DuckDB writes the file itself, into its private folder; it is whole before its first byte leaves. */
export async function sendParquet(
  kept: KeptResult,
  limits: QueryLimits,
  spillFolder: string,
  sink: ResultSink,
): Promise<QuerySummary> {
  const file = join(spillFolder, "result.parquet");
  try {
    await kept.writeParquet(file);
    const { size } = await stat(file);
    if (size > limits.bytes) throw tooManyBytes(limits);
    sink.header(kept.columns);
    for await (const piece of createReadStream(file, { highWaterMark: pieceBytes }))
      await sink.write(piece as Uint8Array);
    return { rows: kept.rows, bytes: size, truncated: false };
  } finally {
    await rm(file, { force: true });
  }
}
