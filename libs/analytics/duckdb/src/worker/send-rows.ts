import type { QueryLimits, QuerySummary, ResultFormat } from "@runweir/analytics-domain";
import { DomainError } from "@runweir/errors";
import { createEncoder } from "../format/result-encoder.ts";
import type { KeptResult } from "./keep-result.ts";
import { tooManyBytes } from "./result-limits.ts";
import type { ResultSink } from "./run-statement.ts";

/** Sends the rows chunk by chunk, and counts them: a result that ends early is a failure. */
export async function sendRows(
  kept: KeptResult,
  format: Exclude<ResultFormat, "parquet">,
  limits: QueryLimits,
  sink: ResultSink,
): Promise<QuerySummary> {
  const total = Math.min(kept.rows, limits.rows);
  const truncated = kept.rows > total;
  const encoder = createEncoder(format, kept.columns);
  let rows = 0;
  let bytes = 0;
  const write = async (encoded: Uint8Array) => {
    bytes += encoded.byteLength;
    if (bytes > limits.bytes) throw tooManyBytes(limits);
    if (encoded.byteLength > 0) await sink.write(encoded);
  };
  const result = await kept.read();
  sink.header(kept.columns);
  await write(encoder.begin());
  while (rows < total) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0)
      throw new DomainError("internal", "The result ended early.", { reason: "engine_failed" });
    const room = Math.min(chunk.rowCount, total - rows);
    await write(encoder.encode(chunk, room));
    rows += room;
  }
  await write(encoder.end({ rows, truncated }));
  return { rows, bytes, truncated };
}
