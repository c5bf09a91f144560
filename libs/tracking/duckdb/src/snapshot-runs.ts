import { cutPage, type RowPage } from "@runweir/sql";
import {
  type RunStatus,
  type RunTable,
  runStatuses,
  type SnapshotRuns,
  type SnapshotSql,
} from "@runweir/tracking-domain";
import { printRunCount } from "./search/print-run-count.ts";
import { printRunSearch } from "./search/print-run-search.ts";
import { printRunTable } from "./search/print-run-table.ts";

/** Questions about runs, printed for a snapshot and asked of it. */
export function createSnapshotRuns(snapshots: SnapshotSql): SnapshotRuns {
  return {
    async searchRunIds(caller, snapshot, query) {
      const { terms, ...question } = printRunSearch(query);
      const { columns } = await snapshots.ask(caller, { ...question, snapshot });
      const [ids = [], ...orders] = columns;
      const rows = ids.map((id, row) =>
        Object.fromEntries([["id", id], ...orders.map((order, i) => [`order_${i}`, order[row]])]),
      );
      const page: RowPage<Record<string, unknown>> = cutPage(terms, rows, query.limit);
      return { ...page, items: page.items.map(({ id }) => id as string) };
    },

    async countRuns(caller, snapshot, runs) {
      const { columns } = await snapshots.ask(caller, { ...printRunCount(runs), snapshot });
      const [statuses = [], counts = []] = columns;
      const byStatus = Object.fromEntries(runStatuses.map((status) => [status, 0])) as Record<
        RunStatus,
        number
      >;
      for (const [i, status] of statuses.entries()) byStatus[status as RunStatus] = Number(counts[i]);
      return { total: Object.values(byStatus).reduce((total, runs) => total + runs, 0), byStatus };
    },

    async getRunTable(caller, snapshot, request) {
      const { columns, source } = await snapshots.ask(caller, { ...printRunTable(request), snapshot });
      const [totals = [], runIds = [], runNames = [], ...cells] = columns;
      return { total: Number(totals[0] ?? 0), runIds, runNames, columns: cells, source } as RunTable;
    },
  };
}
