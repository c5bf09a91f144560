import { DomainError } from "@runweir/errors";
import { fromSnapshotOrStore } from "../analysis/from-snapshot-or-store.ts";
import { isForSnapshot } from "../analysis/is-for-snapshot.ts";
import { countPaysFrom, searchPaysFrom } from "../analysis/snapshot-pays-from.ts";
import { checkExpression, checkOrderBy } from "../filter/check-query.ts";
import { parseFilter } from "../filter/parse-filter.ts";
import { parseOrderBy } from "../filter/parse-order-by.ts";
import { runGrammar } from "../filter/run-grammar.ts";
import type { Tracking } from "../tracking.ts";
import { requireExperimentId } from "../validation/check-experiment-id.ts";
import { limits } from "../validation/limits.ts";
import { asksForMetrics } from "./asks-for-metrics.ts";
import type { TrackingDependencies } from "./dependencies.ts";
import { requireMaxResults } from "./require-max-results.ts";

type SearchMethods = Pick<Tracking, "searchRuns" | "searchDatasets" | "listKeys" | "countRuns">;

export function searchService({ store, metricReader, snapshotPath }: TrackingDependencies): SearchMethods {
  return {
    async searchRuns(caller, input) {
      const { workspace } = caller;
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
      const { viewType } = input;
      const query = {
        experimentIds,
        where,
        orderBy,
        viewType,
        limit,
        pageToken: input.pageToken || undefined,
      };
      return fromSnapshotOrStore(store, snapshotPath, {
        workspace,
        experimentIds,
        alike: isForSnapshot(query),
        paysFrom: searchPaysFrom(query),
        async fromSnapshot({ runs }, snapshot) {
          const page = await runs.searchRunIds(caller, snapshot, query);
          return { ...page, items: await store.readRuns(workspace, page.items) };
        },
        fromStore: () => store.searchRuns(workspace, query),
      });
    },

    async countRuns(caller, { experimentIds: ids, where, viewType }) {
      const experimentIds = ids.map(requireExperimentId);
      if (where) checkExpression(where, runGrammar);
      if (asksForMetrics(where)) await metricReader.catchUp(experimentIds);
      return fromSnapshotOrStore(store, snapshotPath, {
        workspace: caller.workspace,
        experimentIds,
        alike: isForSnapshot({ where, viewType }),
        paysFrom: countPaysFrom({ where }),
        fromSnapshot: ({ runs }, snapshot) => runs.countRuns(caller, snapshot, { experimentIds, where }),
        fromStore: () => store.countRuns(caller.workspace, { experimentIds, where, viewType }),
      });
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
