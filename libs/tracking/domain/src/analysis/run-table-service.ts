import { DomainError } from "@runweir/errors";
import type { LogTransport } from "@runweir/ingest-domain";
import { checkColumn, checkExpression } from "../filter/check-query.ts";
import { runGrammar } from "../filter/run-grammar.ts";
import type { MetricReader } from "../metric-reader.ts";
import { asksForMetrics } from "../service/asks-for-metrics.ts";
import { readApplied } from "../service/read-applied.ts";
import type { RunStore } from "../tracking-store.ts";
import { requireExperimentId } from "../validation/check-experiment-id.ts";
import { fromSnapshotOrStore } from "./from-snapshot-or-store.ts";
import { isForSnapshot } from "./is-for-snapshot.ts";
import { requireCount } from "./require-count.ts";
import type { RunAnalyses } from "./run-analyses.ts";
import type { RunTable, RunTableRequest } from "./run-table.ts";
import { tablePaysFrom } from "./snapshot-pays-from.ts";
import type { SnapshotPath } from "./snapshot-runs.ts";

const experimentsMax = 100;
const columnsMax = 200;
const runsMax = 50_000;

export interface RunTableDependencies {
  readonly store: Pick<RunStore, "readRunTable" | "hasRuns">;
  readonly metricReader: MetricReader;
  readonly log: Pick<LogTransport, "awaitApplied">;
  /** Absent: there is no warehouse. */
  readonly snapshotPath?: SnapshotPath | undefined;
}

export function runTableService(dependencies: RunTableDependencies): Pick<RunAnalyses, "getRunTable"> {
  const { store, snapshotPath } = dependencies;
  const metricReader = readApplied(dependencies.metricReader, dependencies.log);
  return {
    async getRunTable(caller, given) {
      const request = checkRequest(given);
      const { experimentIds, where, columns } = request;
      if (asksForMetrics(where) || columns.some((column) => column.entity === "metric"))
        await metricReader.catchUp(experimentIds);
      const table = await fromSnapshotOrStore<RunTable>(store, snapshotPath, {
        workspace: caller.workspace,
        experimentIds,
        alike: isForSnapshot({ where, columns, viewType: "ACTIVE_ONLY" }),
        paysFrom: tablePaysFrom(request),
        fromSnapshot: ({ runs }, snapshot) => runs.getRunTable(caller, snapshot, request),
        fromStore: async () => ({
          ...(await store.readRunTable(caller.workspace, request)),
          source: { from: "postgres" },
        }),
      });
      return { ...table, columns: table.columns.map((column) => column.map(withoutMinusZero)) };
    },
  };
}

function checkRequest(request: RunTableRequest): RunTableRequest {
  const { experimentIds, where, columns, limit } = request;
  requireCount("experiment_ids", experimentIds.length, 1, experimentsMax);
  requireCount("columns", columns.length, 0, columnsMax);
  if (!Number.isInteger(limit) || limit < 1 || limit > runsMax)
    throw new DomainError(
      "invalid_argument",
      `limit is ${limit}; whole numbers from 1 to ${runsMax} are allowed.`,
      { field: "limit" },
    );
  if (where) checkExpression(where, runGrammar);
  for (const [i, column] of columns.entries()) checkColumn(column, `columns[${i}]`, runGrammar);
  return { ...request, experimentIds: experimentIds.map(requireExperimentId) };
}

function withoutMinusZero(value: number | string | null): number | string | null {
  return value === 0 ? 0 : value;
}
