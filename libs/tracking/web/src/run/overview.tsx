"use client";

import type { WireRun, WireStatistics } from "@runweir/tracking-trpc";
import { Card, CardHeader, Markdown, runColorSlot, Skeleton } from "@runweir/web-ui";
import { useMemo } from "react";
import { isSystem } from "../charts/chart-sections.ts";
import { MetricChart } from "../charts/metric-chart.tsx";
import { useChartView } from "../charts/use-chart-view.ts";
import { noteTag, ownTags, tagValue } from "../mlflow-tags.ts";
import { ChildRuns } from "./child-runs.tsx";
import { DatasetsCard } from "./datasets-card.tsx";
import { DeliveryCard } from "./delivery/delivery-card.tsx";
import { KeyValueCard } from "./key-value-card.tsx";
import { MetricsCard } from "./metrics-card.tsx";
import { ModelsCard } from "./models-card.tsx";
import { RegisteredCard } from "./registered-card.tsx";
import { RunCard } from "./run-card.tsx";

const chartsMax = 3;

/** Everything about a run that is not a curve or a file, and its first curves. */
export function Overview({
  run,
  statistics,
}: {
  readonly run: WireRun | undefined;
  readonly statistics: readonly WireStatistics[] | undefined;
}) {
  const own = useMemo(() => statistics?.filter(({ key }) => !isSystem(key)), [statistics]);
  const note = run && tagValue(run.tags, noteTag)?.trim();
  return (
    <div className="grid items-start gap-3.5 px-4 py-3 lg:grid-cols-[minmax(0,1fr)_380px]">
      <div className="grid min-w-0 gap-3.5">
        {run && own ? <FirstCharts run={run} statistics={own} /> : <ChartsToCome />}
        <MetricsCard runId={run?.info.runId} statistics={own} live={run?.info.status === "RUNNING"} />
        {note && (
          <Card aria-label="Description">
            <CardHeader title="Description" />
            <Markdown text={note} className="px-3 pb-3" />
          </Card>
        )}
        {run && <ChildRuns run={run} />}
      </div>
      <div className="grid min-w-0 gap-3.5">
        <RunCard run={run} />
        {run && <DeliveryCard run={run} />}
        {run && <ModelsCard run={run} />}
        {run && <RegisteredCard runId={run.info.runId} />}
        {run && <DatasetsCard experimentId={run.info.experimentId} inputs={run.datasetInputs} />}
        <KeyValueCard title="Params" entries={run?.params} empty="No params." />
        <KeyValueCard title="Tags" entries={run && ownTags(run.tags)} empty="No tags." />
      </div>
    </div>
  );
}

const chartHeight = 120;
const chartsGrid = "grid grid-cols-1 gap-2.5 sm:grid-cols-2 xl:grid-cols-3";

/** The room of the charts until it is known which there are. */
function ChartsToCome() {
  return (
    <div className={chartsGrid}>
      {["a", "b", "c"].map((name) => (
        <Card key={name} className="h-46.5 p-3">
          <Skeleton className="w-24" />
        </Card>
      ))}
    </div>
  );
}

/** The first metrics that have more than one point. */
function FirstCharts({
  run,
  statistics,
}: {
  readonly run: WireRun;
  readonly statistics: readonly WireStatistics[];
}) {
  const view = useChartView();
  const { runId, runName, status } = run.info;
  const runs = useMemo(
    () => [{ runId, name: runName || runId, slot: runColorSlot(runId) }],
    [runId, runName],
  );
  const curves = statistics
    .filter(({ count }) => count > 1)
    .slice(0, chartsMax)
    .map(({ key }) => key);
  if (curves.length === 0) return null;
  return (
    <div className={chartsGrid}>
      {curves.map((metric) => (
        <MetricChart
          key={metric}
          metric={metric}
          runs={runs}
          view={view}
          group="overview"
          live={status === "RUNNING"}
          height={chartHeight}
        />
      ))}
    </div>
  );
}
