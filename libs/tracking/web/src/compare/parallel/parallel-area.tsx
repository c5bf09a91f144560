"use client";

import type { WireRunTable } from "@runweir/tracking-trpc";
import {
  applyBrushes,
  type Brush,
  type Brushes,
  buildAxis,
  ParallelPlot,
  ScaleLegend,
} from "@runweir/web-charts";
import { classNames, formatCount } from "@runweir/web-ui";
import { useRouter } from "next/navigation";
import { useDeferredValue, useMemo, useState } from "react";
import { columnId, type RunColumn } from "../../runs/run-column.ts";
import type { CompareView } from "../use-compare-view.ts";
import type { Target } from "../use-target.ts";
import { AxisMenu } from "./axis-menu.tsx";
import { KeptActions } from "./kept-actions.tsx";
import { keptRuns } from "./kept-runs.ts";
import { RunsLeft } from "./runs-left.tsx";
import { toParallelColumn } from "./to-parallel-column.ts";
import type { ParallelView } from "./use-parallel-view.ts";

/** The plot, what its brushes leave, and what can be done with that. */
export function ParallelArea({
  view,
  parallel,
  target,
  columns,
  table,
  stale,
}: {
  readonly view: CompareView;
  readonly parallel: ParallelView;
  readonly target: Target;
  readonly columns: readonly RunColumn[];
  readonly table: Pick<WireRunTable, "runIds" | "runNames" | "columns">;
  readonly stale: boolean;
}) {
  const router = useRouter();
  const { logged } = parallel;
  const axes = useMemo(
    () =>
      columns.map((column, index) =>
        buildAxis(toParallelColumn(column, table.columns[index] ?? [], logged.has(columnId(column)))),
      ),
    [columns, table.columns, logged],
  );
  const targetId = target.column && columnId(target.column);
  const colorBy = axes.find(({ column }) => column.id === targetId);
  // A brush in the making is not in the address yet.
  const [making, setMaking] = useState<Brushes>();
  const brushes = making ?? parallel.brushes;
  const runs = table.runIds.length;
  const { left, count } = useMemo(
    () =>
      applyBrushes(
        axes.map(({ column }) => column),
        brushes,
        runs,
      ),
    [axes, brushes, runs],
  );
  const listed = useDeferredValue(left);
  const brush = (id: string, next: Brush | undefined, done = true) => {
    const all = new Map(brushes);
    if (next === undefined) all.delete(id);
    else all.set(id, next);
    setMaking(done ? undefined : all);
    if (done) parallel.setBrushes(all);
  };
  const move = (from: number, to: number) => {
    const order = columns.toSpliced(from, 1);
    parallel.setAxes(order.toSpliced(to, 0, columns[from]!));
  };
  const remove = (id: string) => {
    brush(id, undefined);
    parallel.setAxes(columns.filter((column) => columnId(column) !== id));
  };
  const active = [...brushes.keys()].some((id) => axes.some(({ column }) => column.id === id));
  const kept = useMemo(
    () =>
      keptRuns({
        runIds: table.runIds.filter((_, run) => left[run] === 1),
        brushes,
        filter: view.filter,
        statisticOf: (id) => (id === targetId ? target.statistic : "last"),
        valuesOf: (id) => table.columns[columns.findIndex((column) => columnId(column) === id)],
      }),
    [table, columns, left, brushes, view.filter, targetId, target.statistic],
  );
  return (
    <div className={classNames("transition-opacity", stale && "opacity-60")}>
      <div className="flex min-h-11 flex-wrap items-center gap-2 px-4 py-1.5">
        <span className="num text-ink-2" aria-live="polite">
          {active ? `${formatCount(count)} of ${formatCount(runs)} runs left` : `${formatCount(runs)} runs`}
        </span>
        {active ? (
          <KeptActions kept={kept} count={count} view={view} onClear={() => parallel.setBrushes(new Map())} />
        ) : (
          <span className="text-sm text-ink-3">Drag along an axis to filter.</span>
        )}
        <span className="sm:ml-auto">
          {colorBy && <ScaleLegend axis={colorBy} title={`${colorBy.column.title} (${target.statistic})`} />}
        </span>
      </div>
      <div className="border-t border-line bg-surface pt-1">
        <ParallelPlot
          label={`${formatCount(count)} runs across ${axes.map(({ column }) => column.title).join(", ")}`}
          axes={axes}
          colorBy={colorBy}
          left={left}
          brushes={brushes}
          nameOf={(run) => table.runNames[run] || (table.runIds[run] ?? "")}
          onBrush={brush}
          onMove={move}
          onOpen={(run) => router.push(`/runs/${table.runIds[run]}`)}
          head={(axis, index) => (
            <AxisMenu
              axis={axis}
              brush={brushes.get(axis.column.id)}
              first={index === 0}
              last={index === axes.length - 1}
              onMove={(by) => move(index, index + by)}
              onLog={() => parallel.toggleLog(columns[index]!)}
              onBrush={(next) => brush(axis.column.id, next)}
              onRemove={() => remove(axis.column.id)}
            />
          )}
        />
      </div>
      <RunsLeft
        axes={axes}
        logged={table.columns}
        runIds={table.runIds}
        runNames={table.runNames}
        left={listed}
      />
    </div>
  );
}
