import { DomainError } from "@runweir/errors";
import type { Caller } from "@runweir/identity-domain";
import { checkExpression } from "../filter/check-query.ts";
import { runGrammar } from "../filter/run-grammar.ts";
import type { Expression } from "../query.ts";
import { requireExperimentId } from "../validation/check-experiment-id.ts";
import type { GroupCurveReader } from "./group-curve-reader.ts";
import type { GroupCurvesRequest } from "./group-curves.ts";
import { isForSnapshot } from "./is-for-snapshot.ts";
import { requireCount } from "./require-count.ts";
import type { RunAnalyses } from "./run-analyses.ts";
import type { SnapshotCurrency } from "./snapshot-sql.ts";

const experimentsMax = 100;
const bucketsMax = 2_000;
/** So many ids are bound into one statement. */
const namedRunsMax = 50_000;

export interface GroupCurvesDependencies {
  readonly curves: GroupCurveReader;
  readonly currency: SnapshotCurrency;
  readonly catchUp: (experimentIds: readonly string[]) => Promise<void>;
}

export function groupCurvesService(
  { curves, currency, catchUp }: GroupCurvesDependencies,
  getRunTable: RunAnalyses["getRunTable"],
): Pick<RunAnalyses, "getGroupCurves"> {
  return {
    async getGroupCurves(caller, given) {
      const request = checkRequest(given);
      await catchUp(request.experimentIds);
      const where = await resolveCondition(caller, request);
      const snapshot = await currency.currentFor(caller.workspace, request.experimentIds);
      return curves.readGroupCurves(caller, { ...request, where }, snapshot);
    },
  };

  /** What DuckDB would understand in another way than Postgres is answered by Postgres: which runs are meant. */
  async function resolveCondition(
    caller: Caller,
    { experimentIds, where }: GroupCurvesRequest,
  ): Promise<Expression | undefined> {
    if (isForSnapshot({ where, viewType: "ACTIVE_ONLY" })) return where;
    const { runIds, total } = await getRunTable(caller, {
      experimentIds,
      where,
      columns: [],
      limit: namedRunsMax,
    });
    if (total > runIds.length)
      throw new DomainError(
        "invalid_argument",
        `filter: a regular expression, ILIKE or a mean finds ${total} runs; curves of what these find are drawn of at most ${namedRunsMax}. Narrow it by something else.`,
        { field: "filter" },
      );
    return {
      kind: "comparison",
      field: { entity: "attribute", key: "run_id" },
      operator: "IN",
      value: runIds,
    };
  }
}

function checkRequest(request: GroupCurvesRequest): GroupCurvesRequest {
  const { experimentIds, where, buckets, from, to, groupBy } = request;
  requireCount("experiment_ids", experimentIds.length, 1, experimentsMax);
  if (!Number.isInteger(buckets) || buckets < 1 || buckets > bucketsMax)
    throw refusal("buckets", buckets, `whole numbers from 1 to ${bucketsMax} are allowed`);
  requireStep("from", from);
  requireStep("to", to);
  if (from !== undefined && to !== undefined && from > to)
    throw refusal("to", to, `it must not be less than from, which is ${from}`);
  if (where) checkExpression(where, runGrammar);
  if (groupBy) runGrammar.field(groupBy.entity, groupBy.key);
  return { ...request, experimentIds: experimentIds.map(requireExperimentId) };
}

function requireStep(field: string, step: number | undefined): void {
  if (step !== undefined && !Number.isSafeInteger(step))
    throw refusal(field, step, "whole numbers within ±(2^53 - 1) are allowed");
}

function refusal(field: string, found: number, allowed: string): DomainError {
  return new DomainError("invalid_argument", `${field} is ${found}; ${allowed}.`, { field });
}
