import type { QueryAnswer, QuerySummary } from "./sql-query.ts";

/**
 * All rows of an answer in JSON, in memory: for pages and small questions. NaN and infinities are texts, whole numbers
 * that JavaScript cannot hold are texts, times are ISO 8601, bytes are base64.
 */
export async function readRows(
  answer: QueryAnswer,
): Promise<{ readonly rows: readonly (readonly unknown[])[]; readonly summary: QuerySummary }> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of answer.body) chunks.push(chunk);
  const { rows } = JSON.parse(Buffer.concat(chunks).toString("utf8")) as { rows: unknown[][] };
  return { rows, summary: await answer.done };
}
