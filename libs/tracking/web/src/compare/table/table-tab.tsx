"use client";

import { describeError } from "@runweir/web-trpc-client";
import { ErrorState, formatCount } from "@runweir/web-ui";
import { useLiveRuns } from "../../runs/use-live-runs.ts";
import type { CompareTabProps } from "../compare-tabs.tsx";
import { TabFooter } from "../tab-footer.tsx";
import { chooseRows } from "./build-comparison.ts";
import { ComparisonTable } from "./comparison-table.tsx";
import { TableControls } from "./table-controls.tsx";
import { TableSkeleton } from "./table-skeleton.tsx";
import { useComparedRuns } from "./use-compared-runs.ts";
import { useTableView } from "./use-table-view.ts";

/** Runs side by side: what they have in common stays out of sight until it is asked for. */
export function TableTab({ view, set, total }: CompareTabProps) {
  const { compared, query } = useComparedRuns(set, view.runIds);
  const [only, ...others] = view.experimentIds;
  useLiveRuns(others.length === 0 ? only : undefined);
  const table = useTableView(compared?.runs ?? []);
  if (compared === undefined) {
    if (query.isError)
      return <ErrorState problem={describeError(query.error)} onRetry={() => void query.refetch()} />;
    return <TableSkeleton columns={Math.min(total ?? 4, 6)} />;
  }
  const { runs, rows } = compared;
  const shown = chooseRows(rows, table);
  return (
    <>
      <TableControls view={table} runs={runs} rows={shown} />
      {shown.length > 0 ? (
        <ComparisonTable runs={runs} rows={shown} view={table} stale={query.isPlaceholderData} />
      ) : (
        <p className="flex-1 px-4 py-10 text-center text-sm text-ink-3">
          {table.search !== ""
            ? `Nothing ${table.onlyDifferences ? "that differs " : ""}is called “${table.search}”.`
            : "The runs do not differ in anything that was logged."}
        </p>
      )}
      <TabFooter source={{ from: "postgres" }}>
        <span className="text-live">live</span>
        <span>
          {describeRuns(runs.length, total ?? runs.length, view.runIds.length > 0)} ·{" "}
          {formatCount(shown.length)} of {formatCount(rows.length)} rows
        </span>
      </TabFooter>
    </>
  );
}

function describeRuns(shown: number, total: number, chosen: boolean): string {
  if (shown < total)
    return `the first ${formatCount(shown)} of ${formatCount(total)} runs${chosen ? "" : ", started last"}`;
  return shown === 1 ? "1 run" : `${formatCount(shown)} runs`;
}
