import { DomainError } from "@runweir/errors";
import { checkExpression, checkOrderBy } from "../filter/check-query.ts";
import { parseFilter } from "../filter/parse-filter.ts";
import { parseOrderBy } from "../filter/parse-order-by.ts";
import { runGrammar } from "../filter/run-grammar.ts";
import type { Expression } from "../query.ts";
import type { Tracking } from "../tracking.ts";
import { requireExperimentId } from "../validation/check-experiment-id.ts";
import { limits } from "../validation/limits.ts";
import type { TrackingDependencies } from "./dependencies.ts";
import { requireMaxResults } from "./require-max-results.ts";

type SearchMethods = Pick<Tracking, "searchRuns" | "searchDatasets" | "listKeys" | "countRuns">;

export function searchService({ store, metricReader }: TrackingDependencies): SearchMethods {
  return {
    async searchRuns({ workspace }, input) {
      if (input.filter?.trim() && input.where)
        throw new DomainError("invalid_argument", "Give either filter or where, not both.", {
          field: "filter",
        });
      const where = input.where
        ? checkExpression(input.where, runGrammar)
        : parseFilter(input.filter, runGrammar);
      const orderBy = (input.orderBy ?? []).flatMap((term) =>
        typeof term === "string" ? parseOrderBy([term], runGrammar) : [checkOrderBy(term, runGrammar)],
      );
      const limit = requireMaxResults(input.maxResults, limits.searchRuns);
      const experimentIds = input.experimentIds.map(requireExperimentId);
      if (experimentIds.length === 0) return { items: [] };
      await metricReader.catchUp(experimentIds);
      return store.searchRuns(workspace, {
        experimentIds,
        where,
        orderBy,
        viewType: input.viewType,
        limit,
        pageToken: input.pageToken || undefined,
      });
    },

    async countRuns({ workspace }, { experimentIds, where, viewType }) {
      const ids = experimentIds.map(requireExperimentId);
      if (where) checkExpression(where, runGrammar);
      if (asksForMetrics(where)) await metricReader.catchUp(ids);
      return store.countRuns(workspace, { experimentIds: ids, where, viewType });
    },

    async listKeys({ workspace }, experimentIds) {
      const ids = experimentIds.map(requireExperimentId);
      await metricReader.catchUp(ids);
      return store.listKeys(workspace, ids);
    },

    searchDatasets: ({ workspace }, experimentIds) =>
      store.searchDatasets(workspace, experimentIds.map(requireExperimentId)),
  };
}

function asksForMetrics(where: Expression | undefined): boolean {
  switch (where?.kind) {
    case undefined:
      return false;
    case "not":
      return asksForMetrics(where.operand);
    case "and":
    case "or":
      return where.operands.some(asksForMetrics);
    case "comparison":
      return where.field.entity === "metric";
  }
}
