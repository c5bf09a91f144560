"use client";

import type { WireRun, WireStatistics } from "@runweir/tracking-trpc";
import {
  Badge,
  CopyButton,
  type Crumb,
  Duration,
  formatCount,
  PageHeader,
  RunDot,
  Skeleton,
  Status,
  statusKindOf,
} from "@runweir/web-ui";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { tagValue } from "../mlflow-tags.ts";
import { useTrackingApi } from "../tracking-api.ts";
import { RunMenu } from "./run-menu.tsx";

export function RunHeader({
  runId,
  run,
  statistics,
}: {
  readonly runId: string;
  readonly run: WireRun | undefined;
  readonly statistics: readonly WireStatistics[] | undefined;
}) {
  const crumbs = useCrumbs(run);
  const info = run?.info;
  return (
    <PageHeader
      crumbs={crumbs}
      mark={<RunDot runId={runId} />}
      title={info === undefined ? <Skeleton className="h-4 w-36" /> : info.runName || info.runId}
      badges={
        run === undefined ? (
          <>
            <Skeleton className="h-5 w-28" />
            <Skeleton className="h-7 w-24" />
          </>
        ) : (
          <>
            <Status kind={statusKindOf(run.info.status)}>
              <StatusWords run={run} statistics={statistics} />
            </Status>
            {run.info.lifecycleStage === "deleted" && <Badge tone="warn">deleted</Badge>}
            <span className="num flex items-center text-ink-3" title={runId}>
              {runId.slice(0, 4)}…{runId.slice(-4)}
              <CopyButton text={runId} label="Copy run id" />
            </span>
          </>
        )
      }
    >
      {run && <RunMenu run={run} />}
    </PageHeader>
  );
}

/** Not Math.max(...): a run may have more metrics than a call may have arguments. */
function lastStep(statistics: readonly WireStatistics[]): number {
  return statistics.reduce((most, { last }) => Math.max(most, last.step), 0);
}

function StatusWords({
  run,
  statistics,
}: {
  readonly run: WireRun;
  readonly statistics: readonly WireStatistics[] | undefined;
}) {
  const { status, startTime, endTime } = run.info;
  const step = useMemo(() => lastStep(statistics ?? []), [statistics]);
  const running = status === "RUNNING";
  return (
    <>
      {status.toLowerCase()}
      {(running || endTime !== null) && (
        <>
          {" · "}
          <Duration from={startTime} to={running ? null : endTime} />
        </>
      )}
      {running && step > 0 && ` · step ${formatCount(step)}`}
    </>
  );
}

/** Where the run belongs: its experiment and, of a nested run, the run above it. */
function useCrumbs(run: WireRun | undefined): readonly Crumb[] {
  const api = useTrackingApi();
  const experimentId = run?.info.experimentId ?? "";
  const parentId = run && tagValue(run.tags, "mlflow.parentRunId");
  const experiment = useQuery(
    api.experiments.get.queryOptions({ experimentId }, { enabled: experimentId !== "" }),
  );
  const parent = useQuery(
    api.runs.get.queryOptions({ runId: parentId ?? "", metrics: false }, { enabled: parentId !== undefined }),
  );
  const crumbs: Crumb[] = [{ label: "Experiments", href: "/experiments" }];
  if (run)
    crumbs.push({ label: experiment.data?.name ?? experimentId, href: `/experiments/${experimentId}` });
  if (parentId !== undefined)
    crumbs.push({ label: parent.data?.info.runName ?? parentId.slice(0, 8), href: `/runs/${parentId}` });
  return crumbs;
}
