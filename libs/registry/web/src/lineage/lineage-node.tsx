"use client";

import { classNames, IconButton, RunDot } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { Box, Database, GitCommitHorizontal, Minus, Package, Plus } from "lucide-react";
import { versionHref } from "../model-address.ts";
import type { GraphNode } from "./build-graph.ts";
import type { LineageGraphState } from "./use-lineage-graph.ts";

const mark = "size-3.5 shrink-0 text-ink-3";

export function LineageNode({
  node,
  isRoot,
  state,
}: {
  readonly node: GraphNode;
  readonly isRoot: boolean;
  readonly state: LineageGraphState;
}) {
  const { kind, label, opens } = node;
  if (opens?.kind === "rest")
    return (
      <button
        type="button"
        onClick={() => state.toggle(opens)}
        className="h-full w-full rounded-md border border-dashed border-line-strong bg-surface px-2.5 text-left text-sm text-ink-2 hover:bg-hover"
      >
        {label}
      </button>
    );
  const isOpen = opens !== undefined && state.isOpen(opens);
  const Sign = isOpen ? Minus : Plus;
  return (
    <div
      className={classNames(
        "flex h-full items-center gap-1.5 rounded-md border bg-surface pl-2.5 text-sm",
        isRoot ? "border-accent" : "border-line-strong",
        opens === undefined ? "pr-2.5" : "pr-0.5",
      )}
    >
      <Mark node={node} />
      <div className="flex min-w-0 flex-1 flex-col leading-tight">
        <span className="text-xs text-ink-3">{isRoot ? "This version" : kind}</span>
        <Name node={node} isRoot={isRoot} />
      </div>
      {opens !== undefined && (
        <IconButton
          label={
            opens.kind === "version"
              ? `Lineage of ${label}`
              : `What was made of ${opens.name} ${opens.digest}`
          }
          aria-expanded={isOpen}
          className="h-6"
          icon={
            <Sign aria-hidden className={classNames("size-3.5", state.isLoading(opens) && "animate-pulse")} />
          }
          onClick={() => state.toggle(opens)}
        />
      )}
    </div>
  );
}

/** Datasets and code have no page of their own: the run that read them says the rest. */
function Name({ node, isRoot }: { readonly node: GraphNode; readonly isRoot: boolean }) {
  const { label, version, modelId, runId, kind } = node;
  const className = classNames(
    "truncate rounded-sm",
    kind === "Version" || kind === "Run" ? "font-medium" : undefined,
    kind === "Code" ? "num" : undefined,
  );
  if (isRoot)
    return (
      <span aria-current="page" title={label} className={className}>
        {label}
      </span>
    );
  const href = version
    ? versionHref(version.name, version.version)
    : modelId !== undefined
      ? (`/logged-models/${modelId}` as const)
      : (`/runs/${runId}` as const);
  return (
    <ZoneLink href={href} title={label} className={classNames(className, "hover:underline")}>
      {label}
    </ZoneLink>
  );
}

function Mark({ node: { kind, runId } }: { readonly node: GraphNode }) {
  if (kind === "Run" && runId !== undefined) return <RunDot runId={runId} />;
  const Icon = { Version: Package, Model: Box, Data: Database, Code: GitCommitHorizontal, Run: Box }[kind];
  return <Icon aria-hidden className={mark} />;
}
