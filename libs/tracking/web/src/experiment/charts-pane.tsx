"use client";

import type { KeyCatalog } from "@runweir/tracking-trpc";
import { Skeleton } from "@runweir/web-ui";
import { ChartControls } from "../charts/chart-controls.tsx";
import { ChartGrid } from "../charts/chart-grid.tsx";
import type { ChartedRun } from "../charts/metric-chart.tsx";
import { type ChartView, useChartView } from "../charts/use-chart-view.ts";
import { firstMax } from "./use-charted.ts";

/** The charts beside the table: of the selected runs, or of the first ones while none is selected. */
export function ChartsPane({
  keys,
  charted,
  selectedCount,
  live,
}: {
  readonly keys: KeyCatalog | undefined;
  readonly charted: readonly ChartedRun[] | undefined;
  readonly selectedCount: number;
  readonly live: boolean;
}) {
  const view: ChartView = useChartView();
  return (
    <section aria-label="Charts" className="@container flex h-full min-h-0 flex-col bg-bg">
      <div className="flex flex-wrap items-center gap-2 px-3 pt-2.5 pb-2">
        <span className="text-sm text-ink-3">{describe(charted, selectedCount)}</span>
        <div className="ml-auto flex min-w-0 flex-wrap items-center justify-end gap-2">
          <ChartControls view={view} />
        </div>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-3 pb-4">
        {keys === undefined || charted === undefined ? (
          <ChartSkeletons />
        ) : (
          <ChartGrid
            metrics={keys.metrics.map(({ key }) => key)}
            runs={charted}
            view={view}
            live={live}
            group="runs"
          />
        )}
      </div>
    </section>
  );
}

function describe(charted: readonly ChartedRun[] | undefined, selected: number): string {
  if (charted === undefined) return "";
  if (selected === 0) return describeFirst(charted.length);
  return selected > charted.length
    ? `The first ${charted.length} of ${selected} selected`
    : `${selected} selected`;
}

function describeFirst(count: number): string {
  if (count < 2) return "";
  return count < firstMax ? `All ${count} runs` : `The first ${count} runs; select others to see them`;
}

function ChartSkeletons() {
  return (
    <div className="grid grid-cols-1 gap-2.5 @min-[560px]:grid-cols-2">
      {["a", "b", "c", "d"].map((name) => (
        <div key={name} className="h-60 rounded-lg border border-line bg-surface p-3">
          <Skeleton className="w-24" />
        </div>
      ))}
    </div>
  );
}
