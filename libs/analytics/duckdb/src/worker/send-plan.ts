import type { DuckDBConnection } from "@duckdb/node-api";
import type { PlanNode, QuerySummary } from "@runweir/analytics-domain";
import { StatementError } from "@runweir/analytics-domain/statement-error";
import { bindParameters } from "./bind-parameters.ts";
import { tooManyBytes } from "./result-limits.ts";
import type { PassedRequest, ResultSink } from "./run-statement.ts";

interface PlannedOperator {
  readonly name: string;
  readonly children: readonly PlannedOperator[];
  readonly extra_info: Readonly<Record<string, string | readonly string[]>>;
}

/** How DuckDB would run the statement, without running it. */
export async function sendPlan(
  connection: DuckDBConnection,
  { request, text, place }: PassedRequest,
  sink: ResultSink,
): Promise<QuerySummary> {
  // Estimates and pruned branches come from the statistics of all rows of a file.
  if (request.database.experiments !== "all")
    throw new StatementError(
      "permission_denied",
      "A plan tells of rows of all experiments; it is for callers who may see all of them.",
      { reason: "plan_not_allowed" },
    );
  const opening = "EXPLAIN (FORMAT json) ";
  place.shift = Buffer.byteLength(opening);
  const statement = await connection.prepare(`${opening}${text}`);
  try {
    bindParameters(statement, request.params);
    const explained = await statement.runAndReadAll();
    const [[, plan] = []] = explained.getRows();
    const nodes = (JSON.parse(String(plan)) as readonly PlannedOperator[]).map(toNode);
    const bytes = Buffer.from(JSON.stringify(nodes));
    if (bytes.byteLength > request.limits.bytes) throw tooManyBytes(request.limits);
    sink.header([]);
    await sink.write(bytes);
    return { rows: 0, bytes: bytes.byteLength, truncated: false };
  } finally {
    statement.destroySync();
  }
}

const estimate = "Estimated Cardinality";

function toNode({ name, children, extra_info: info }: PlannedOperator): PlanNode {
  const details = Object.entries(info)
    .filter(([key]) => key !== estimate && !/file|path/i.test(key))
    .map(([key, value]) => [key, typeof value === "string" ? [value] : value] as const);
  const rows = Number(info[estimate]);
  return {
    operator: name.trim(),
    ...(Number.isFinite(rows) ? { rows } : {}),
    details: Object.fromEntries(details),
    children: children.map(toNode),
  };
}
