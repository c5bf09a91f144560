import { postSql } from "./ask-sql.ts";
import { readBreak } from "./sql-failure.ts";
import type { SqlFormat, SqlRequest } from "./sql-request.ts";

const endingOf: Readonly<Record<SqlFormat, string>> = {
  csv: "csv",
  parquet: "parquet",
  arrow: "arrow",
  json: "json",
};

/** Asks the statement once more in another format and hands the answer to the browser as a file. */
export async function saveAnswer(request: SqlRequest, format: SqlFormat, name: string): Promise<void> {
  const answer = await postSql({ ...request, history: false }, format);
  const content = await answer.blob().catch(async (error: unknown) => {
    throw await readBreak(answer, error);
  });
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = `${fileName(name)}.${endingOf[format]}`;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function fileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[-.]+|-+$/g, "") || "result";
}
