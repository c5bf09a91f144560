"use client";

import type { Lineage } from "@runweir/registry-trpc";
import { Badge, IconButton, RunDot, Skeleton } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { useQuery } from "@tanstack/react-query";
import { ChevronDown, ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { versionHref } from "../model-address.ts";
import { useRegistryApi } from "../registry-api.ts";

/** Of what was made of one dataset, the newest. */
const madeShown = 20;

interface Level {
  readonly depth: number;
  /** The versions above; what leads back to one of them ends there. */
  readonly seen: readonly string[];
}

/** One hop around a version; the versions among them open into their own. */
export function LineageNodes({ lineage, depth, seen }: Level & { readonly lineage: Lineage }) {
  const { run, loggedModel, derivedFrom, derived } = lineage;
  const nothing = !run && !loggedModel && derivedFrom.length + derived.length === 0;
  return (
    <ul className={depth === 0 ? "pb-1.5" : ""}>
      {nothing && (
        <Node kind="" depth={depth}>
          <span className="text-ink-3">Nothing is known of where it comes from.</span>
        </Node>
      )}
      {derivedFrom.map((one) => (
        <VersionNode
          key={`from ${one.name} ${one.version}`}
          kind="Made of"
          of={one}
          depth={depth}
          seen={seen}
        />
      ))}
      {loggedModel && (
        <Node kind="Model" depth={depth}>
          <ZoneLink
            href={`/logged-models/${loggedModel.modelId}`}
            title={loggedModel.modelId}
            className="truncate rounded-sm hover:underline"
          >
            {loggedModel.name}
          </ZoneLink>
        </Node>
      )}
      {run && (
        <>
          <Node kind="Run" depth={depth}>
            <RunDot runId={run.runId} />
            <ZoneLink
              href={`/runs/${run.runId}`}
              title={run.runId}
              className="min-w-0 truncate rounded-sm font-medium hover:underline"
            >
              {run.runName || run.runId.slice(0, 8)}
            </ZoneLink>
          </Node>
          {run.datasets.map((dataset) => (
            <DataNode
              key={`${dataset.name} ${dataset.digest} ${dataset.context ?? ""}`}
              of={dataset}
              experimentId={run.experimentId}
              depth={depth}
              seen={seen}
            />
          ))}
          {run.commit !== undefined && (
            <Node kind="Code" depth={depth}>
              <span className="num" title={run.commit}>
                {run.commit.slice(0, 8)}
              </span>
            </Node>
          )}
        </>
      )}
      {derived.map((one) => (
        <VersionNode key={`to ${one.name} ${one.version}`} kind="Became" of={one} depth={depth} seen={seen} />
      ))}
    </ul>
  );
}

function VersionNode({
  kind,
  of: { name, version },
  depth,
  seen,
}: Level & { readonly kind: string; readonly of: Pick<Lineage["derived"][number], "name" | "version"> }) {
  const api = useRegistryApi();
  const [open, setOpen] = useState(false);
  const key = `${name} ${version}`;
  const isAbove = seen.includes(key);
  const next = useQuery(
    api.lineage.get.queryOptions({ name, version: String(version) }, { enabled: open && !isAbove }),
  );
  return (
    <>
      <Node kind={kind} depth={depth}>
        <ZoneLink
          href={versionHref(name, version)}
          className="min-w-0 truncate rounded-sm font-medium hover:underline"
        >
          {name} {version}
        </ZoneLink>
        {!isAbove && <Expander label={`Lineage of ${name} ${version}`} open={open} onOpenChange={setOpen} />}
      </Node>
      {open && (
        <li>
          {next.data ? (
            <LineageNodes lineage={next.data} depth={depth + 1} seen={[...seen, key]} />
          ) : (
            <Awaited failed={next.isError} />
          )}
        </li>
      )}
    </>
  );
}

/** What the run read, and behind it the other versions that were made of it. */
function DataNode({
  of: { name, digest, context },
  experimentId,
  depth,
  seen,
}: Level & {
  readonly of: NonNullable<Lineage["run"]>["datasets"][number];
  readonly experimentId: string;
}) {
  const api = useRegistryApi();
  const [open, setOpen] = useState(false);
  const made = useQuery(
    api.lineage.ofDataset.queryOptions(
      { experimentIds: [experimentId], digest, maxResults: madeShown },
      { enabled: open },
    ),
  );
  const others = made.data?.items.filter((one) => !seen.includes(`${one.name} ${one.version}`));
  return (
    <>
      <Node kind="Data" depth={depth}>
        <span className="truncate">{name}</span>
        <span className="num text-ink-3">{digest}</span>
        {context !== undefined && <Badge>{context}</Badge>}
        <Expander label={`What was made of ${name} ${digest}`} open={open} onOpenChange={setOpen} />
      </Node>
      {open && (
        <li>
          {others === undefined ? (
            <Awaited failed={made.isError} />
          ) : (
            <ul>
              {others.map((one) => (
                <VersionNode
                  key={`${one.name} ${one.version}`}
                  kind="Became"
                  of={one}
                  depth={depth + 1}
                  seen={seen}
                />
              ))}
              {(others.length === 0 || made.data?.nextPageToken !== undefined) && (
                <Node kind="" depth={depth + 1}>
                  <span className="text-ink-3">
                    {others.length === 0 ? "No other version of its experiment." : "And older ones."}
                  </span>
                </Node>
              )}
            </ul>
          )}
        </li>
      )}
    </>
  );
}

function Expander({
  label,
  open,
  onOpenChange,
}: {
  readonly label: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <IconButton
      label={label}
      aria-expanded={open}
      className="ml-auto h-6"
      icon={<Chevron aria-hidden className="size-3.5" />}
      onClick={() => onOpenChange(!open)}
    />
  );
}

function Awaited({ failed }: { readonly failed: boolean }) {
  return failed ? (
    <p className="px-3 py-1 text-sm text-bad">It could not be read.</p>
  ) : (
    <Skeleton className="mx-3 my-2 w-32" />
  );
}

function Node({
  kind,
  depth,
  children,
}: {
  readonly kind: string;
  readonly depth: number;
  readonly children: ReactNode;
}) {
  return (
    <li
      className="flex min-h-8 items-center gap-2 border-t border-line pr-1.5 text-sm"
      style={{ paddingLeft: 12 + depth * 16 }}
    >
      {kind !== "" && <span className="w-16 shrink-0 text-ink-3">{kind}</span>}
      {children}
    </li>
  );
}
