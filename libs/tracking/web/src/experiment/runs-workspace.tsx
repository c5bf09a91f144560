"use client";

import type { Experiment, KeyCatalog } from "@runweir/tracking-trpc";
import { classNames } from "@runweir/web-ui";
import { useMemo } from "react";
import { ChartsPane } from "./charts-pane.tsx";
import { NoRuns } from "./no-runs.tsx";
import { RunsTable } from "./runs-table.tsx";
import { useCharted } from "./use-charted.ts";
import type { Runs } from "./use-runs.ts";
import type { RunsView } from "./use-runs-view.ts";
import { useSelection } from "./use-selection.ts";

/** Table and charts side by side; one above the other where there is no room. */
export function RunsWorkspace({
  experiment,
  keys,
  runs,
  view,
}: {
  readonly experiment: Experiment | undefined;
  readonly keys: KeyCatalog | undefined;
  readonly runs: Runs;
  readonly view: RunsView;
}) {
  const experimentId = experiment?.experimentId ?? "";
  const selection = useSelection(view.selected, view.setSelected, runs.runs);
  const charted = useCharted(experimentId, view.selected, runs.runs);
  const drawn = useMemo(() => new Map(charted?.map(({ runId, slot }) => [runId, slot])), [charted]);
  const refused = runs.error !== undefined && runs.runs === undefined;
  if (refused || (runs.runs?.length === 0 && !runs.stale)) {
    return (
      <NoRuns name={experiment?.name ?? ""} filter={view.filter} refused={refused} deleted={view.deleted} />
    );
  }
  const table = view.pane !== "charts";
  const charts = view.pane !== "table";
  return (
    <div
      className={classNames(
        "grid min-h-0 flex-1 border-t border-line",
        table && charts && "max-lg:grid-rows-2 lg:grid-cols-[minmax(0,54fr)_minmax(0,46fr)]",
      )}
    >
      {table && (
        <section aria-label="Runs" className="min-h-0 min-w-0 border-line lg:border-r">
          <RunsTable
            columns={runs.columns}
            runs={runs.runs}
            rowCount={runs.rowCount}
            order={view.order}
            onOrder={view.setOrder}
            selection={selection}
            drawn={drawn}
            stale={runs.stale}
            onLoadMore={runs.loadMore}
          />
        </section>
      )}
      {charts && (
        <div className="min-h-0 min-w-0 max-lg:border-t max-lg:border-line">
          <ChartsPane
            keys={keys}
            charted={charted}
            selectedCount={view.selected.length}
            live={runs.running > 0}
          />
        </div>
      )}
    </div>
  );
}
