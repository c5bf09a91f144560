"use client";

import type { ModelVersion } from "@runweir/registry-trpc";
import type { WireRun } from "@runweir/tracking-trpc";
import { tagValue } from "@runweir/tracking-web";
import { Badge, Button, Card, CardHeader, RunDot } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { versionHref } from "../model-address.ts";
import { useRegistryApi } from "../registry-api.ts";
import { parentOf } from "./parent-of.ts";

/** What the version is made of; one hop, and behind its run another. */
export function LineageCard({
  version,
  run,
}: {
  readonly version: ModelVersion;
  readonly run: WireRun | undefined;
}) {
  const { runId, modelId } = version;
  const parent = parentOf(version.source);
  const [open, setOpen] = useState(false);
  const commit = run && tagValue(run.tags, "mlflow.source.git.commit");
  if (runId === undefined && modelId === undefined && parent === undefined) return null;
  return (
    <Card aria-label="Lineage">
      <CardHeader title="Lineage" />
      <ul className="pb-1.5">
        {parent && (
          <Node kind="derived from">
            <ZoneLink
              href={versionHref(parent.name, parent.version)}
              className="truncate rounded-sm font-medium hover:underline"
            >
              {parent.name} {parent.version}
            </ZoneLink>
          </Node>
        )}
        {modelId !== undefined && (
          <Node kind="model">
            <ZoneLink href={`/logged-models/${modelId}`} className="num truncate rounded-sm hover:underline">
              {modelId}
            </ZoneLink>
          </Node>
        )}
        {runId !== undefined && (
          <Node kind="run">
            <RunDot runId={runId} />
            <ZoneLink
              href={`/runs/${runId}`}
              title={runId}
              className="min-w-0 truncate rounded-sm font-medium hover:underline"
            >
              {run?.info.runName || runId.slice(0, 8)}
            </ZoneLink>
            <Button
              variant="ghost"
              className="ml-auto h-6"
              aria-expanded={open}
              onClick={() => setOpen(!open)}
            >
              {open ? "Less" : "More"}
            </Button>
          </Node>
        )}
        {run?.datasetInputs.map(({ dataset }) => (
          <Node key={`${dataset.name} ${dataset.digest}`} kind="data">
            <span className="truncate">{dataset.name}</span>
            <Badge>
              <span className="num text-xs">{dataset.digest}</span>
            </Badge>
          </Node>
        ))}
        {commit !== undefined && (
          <Node kind="code">
            <span className="num" title={commit}>
              {commit.slice(0, 8)}
            </span>
            {run && tagValue(run.tags, "mlflow.source.git.dirty") === "true" && (
              <Badge tone="warn">uncommitted changes</Badge>
            )}
          </Node>
        )}
        {open && runId !== undefined && <OfTheSameRun version={version} runId={runId} run={run} />}
      </ul>
    </Card>
  );
}

/** The next hop: what else the run made, and what it was given. */
function OfTheSameRun({
  version,
  runId,
  run,
}: {
  readonly version: ModelVersion;
  readonly runId: string;
  readonly run: WireRun | undefined;
}) {
  const api = useRegistryApi();
  const made = useQuery(
    api.versions.search.queryOptions({ filter: `run_id = '${runId.replaceAll("'", "")}'`, maxResults: 20 }),
  );
  const others = (made.data?.items ?? []).filter(
    (one) => one.name !== version.name || one.version !== version.version,
  );
  return (
    <>
      {run?.modelInputs.map(({ modelId }) => (
        <Node key={modelId} kind="its input">
          <ZoneLink href={`/logged-models/${modelId}`} className="num truncate rounded-sm hover:underline">
            {modelId}
          </ZoneLink>
        </Node>
      ))}
      {run && (
        <Node kind="experiment">
          <ZoneLink
            href={`/experiments/${run.info.experimentId}`}
            className="truncate rounded-sm hover:underline"
          >
            {run.info.experimentId}
          </ZoneLink>
        </Node>
      )}
      {others.map((one) => (
        <Node key={`${one.name} ${one.version}`} kind="also made">
          <ZoneLink
            href={versionHref(one.name, one.version)}
            className="truncate rounded-sm font-medium hover:underline"
          >
            {one.name} {one.version}
          </ZoneLink>
        </Node>
      ))}
    </>
  );
}

function Node({ kind, children }: { readonly kind: string; readonly children: ReactNode }) {
  return (
    <li className="flex min-h-8 items-center gap-2 border-t border-line pr-1.5 pl-3 text-sm">
      <span className="w-22 shrink-0 text-ink-3">{kind}</span>
      {children}
    </li>
  );
}
