"use client";

import type { WireRun } from "@runweir/tracking-trpc";
import { runColorSlot, Skeleton } from "@runweir/web-ui";
import { useMemo } from "react";
import { ChartControls } from "../charts/chart-controls.tsx";
import { ChartGrid } from "../charts/chart-grid.tsx";
import { useChartView } from "../charts/use-chart-view.ts";

/** A chart per metric of one run. */
export function RunCharts({
  run,
  metrics,
}: {
  readonly run: WireRun | undefined;
  readonly metrics: readonly string[] | undefined;
}) {
  const view = useChartView();
  const { runId, runName, status } = run?.info ?? { runId: "", runName: "", status: undefined };
  const runs = useMemo(
    () => [{ runId, name: runName || runId, slot: runColorSlot(runId) }],
    [runId, runName],
  );
  return (
    <div className="flex flex-col gap-2.5 px-4 py-3">
      <div className="flex flex-wrap items-center justify-end gap-2">
        <ChartControls view={view} />
      </div>
      {run === undefined || metrics === undefined ? (
        <div className="grid grid-cols-1 gap-2.5 sm:grid-cols-2 xl:grid-cols-3">
          {["a", "b", "c"].map((name) => (
            <div key={name} className="h-60 rounded-lg border border-line bg-surface p-3">
              <Skeleton className="w-24" />
            </div>
          ))}
        </div>
      ) : (
        <ChartGrid wide metrics={metrics} runs={runs} view={view} live={status === "RUNNING"} group="run" />
      )}
    </div>
  );
}
