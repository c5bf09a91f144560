"use client";

import { describeError } from "@runweir/web-trpc-client";
import {
  Badge,
  Button,
  ErrorState,
  formatCount,
  PageHeader,
  SegmentedControl,
  Skeleton,
  Status,
  useDocumentTitle,
} from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { useQuery } from "@tanstack/react-query";
import { ChartSpline } from "lucide-react";
import { useParams } from "next/navigation";
import { compareLink } from "../compare/compare-link.ts";
import { ExperimentMenu } from "../experiments/experiment-menu.tsx";
import { FilterBox, isAboutFilter } from "../runs/filter-box.tsx";
import { useTrackingApi } from "../tracking-api.ts";
import { ColumnPicker } from "./column-picker.tsx";
import { ExperimentNote } from "./experiment-note.tsx";
import { RunsWorkspace } from "./runs-workspace.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import { useRuns } from "./use-runs.ts";
import { useRunsView } from "./use-runs-view.ts";

/** The runs of one experiment: a table beside live charts. The address holds all of what one sees. */
export function ExperimentPage() {
  const { experimentId } = useParams<{ experimentId: string }>();
  const api = useTrackingApi();
  const experiment = useQuery(api.experiments.get.queryOptions({ experimentId }));
  const keys = useQuery(api.runs.keys.queryOptions({ experimentIds: [experimentId] }));
  const view = useRunsView();
  const runs = useRuns(experimentId, view);
  useDocumentTitle(experiment.data?.name);
  if (experiment.isError && experiment.data === undefined) {
    return (
      <ErrorState
        heading="h1"
        problem={describeError(experiment.error)}
        onRetry={() => void experiment.refetch()}
        actions={
          <Button asChild>
            <ZoneLink href="/experiments">All experiments</ZoneLink>
          </Button>
        }
      />
    );
  }
  const failed = runs.error !== undefined && !isAboutFilter(describeError(runs.error));
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageHeader
        crumbs={[{ label: "Experiments", href: "/experiments" }]}
        title={experiment.data?.name ?? <Skeleton className="h-4 w-40" />}
        badges={
          <>
            {experiment.data?.lifecycleStage === "deleted" && <Badge tone="warn">deleted</Badge>}
            {view.filter === "" && runs.total !== undefined && (
              <Badge>{runs.total === 1 ? "1 run" : `${formatCount(runs.total)} runs`}</Badge>
            )}
            {runs.running > 0 && <Status kind="running">{formatCount(runs.running)} running</Status>}
            {experiment.data && <ExperimentMenu experiment={experiment.data} />}
          </>
        }
      >
        <SelectionBar
          experimentId={experimentId}
          selected={view.selected}
          deleted={view.deleted}
          onClear={() => view.setSelected([])}
        />
        {!view.deleted && view.selected.length === 0 && (
          <Button asChild>
            <ZoneLink
              href={compareLink({ experimentIds: [experimentId], filter: view.filter })}
              title={view.filter === "" ? "Compare all runs" : "Compare all runs that the filter matches"}
            >
              <ChartSpline aria-hidden className="size-3.5" />
              Analyse
            </ZoneLink>
          </Button>
        )}
        <SegmentedControl
          label="Which runs"
          value={view.deleted ? "deleted" : "active"}
          onValueChange={(stage) => view.setDeleted(stage === "deleted")}
          options={[
            { value: "active", label: "Active" },
            { value: "deleted", label: "Deleted" },
          ]}
        />
        <ColumnPicker keys={keys.data} columns={runs.columns} onColumns={view.setColumns} />
        <SegmentedControl
          label="Show"
          value={view.pane}
          onValueChange={view.setPane}
          options={[
            { value: "table", label: "Table" },
            { value: "split", label: "Both" },
            { value: "charts", label: "Charts" },
          ]}
        />
      </PageHeader>
      {experiment.data && <ExperimentNote experiment={experiment.data} />}
      <FilterBox
        filter={view.filter}
        onFilter={view.setFilter}
        error={runs.error}
        total={runs.total}
        stale={runs.stale}
      />
      {failed && runs.runs === undefined ? (
        <ErrorState problem={describeError(runs.error)} onRetry={runs.retry}>
          <p className="text-ink-2">Everything that was logged is kept.</p>
        </ErrorState>
      ) : (
        <RunsWorkspace experiment={experiment.data} keys={keys.data} runs={runs} view={view} />
      )}
    </div>
  );
}
