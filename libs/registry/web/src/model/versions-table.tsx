"use client";

import type { ModelVersion } from "@runweir/registry-trpc";
import { noteLine } from "@runweir/tracking-web";
import {
  Badge,
  Cell,
  Checkbox,
  HeadCell,
  RelativeTime,
  RunDot,
  SkeletonRows,
  Table,
  TableBody,
  TableHead,
  TableRow,
  TableScroll,
  useListKeys,
} from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { useRef } from "react";
import { AliasBadge } from "../alias-badge.tsx";
import { versionHref } from "../model-address.ts";
import { PersonName } from "../people/person-name.tsx";
import { StageBadge } from "../stage-badge.tsx";

interface VersionsTableProps {
  readonly name: string;
  /** undefined: still loading. */
  readonly versions: readonly ModelVersion[] | undefined;
  /** Numbers of the versions that are chosen; without it none can be. */
  readonly chosen?: readonly number[];
  readonly onChoose?: (version: number) => void;
}

export function VersionsTable({ name, versions, chosen, onChoose }: VersionsTableProps) {
  const ref = useRef<HTMLDivElement>(null);
  useListKeys({ ref, count: versions?.length ?? 0, noun: "version" });
  return (
    <TableScroll ref={ref} className="rounded-lg">
      <Table>
        <TableHead>
          <tr>
            {chosen && (
              <HeadCell className="w-8 pr-0">
                <span className="sr-only">Compare</span>
              </HeadCell>
            )}
            <HeadCell>Version</HeadCell>
            <HeadCell>Aliases and stage</HeadCell>
            <HeadCell className="max-md:hidden">Description</HeadCell>
            <HeadCell className="max-sm:hidden">Run</HeadCell>
            <HeadCell className="max-lg:hidden">By</HeadCell>
            <HeadCell>Made</HeadCell>
          </tr>
        </TableHead>
        <TableBody>
          {versions === undefined ? (
            <SkeletonRows rows={6} columns={chosen ? 7 : 6} />
          ) : (
            versions.map((version, index) => (
              <TableRow
                key={version.version}
                data-row={index}
                selected={chosen?.includes(version.version) ?? false}
                className="focus-within:bg-hover"
              >
                {chosen && (
                  <Cell className="w-8 pr-0">
                    <Checkbox
                      label={`Choose version ${version.version}`}
                      checked={chosen.includes(version.version)}
                      onCheckedChange={() => onChoose?.(version.version)}
                    />
                  </Cell>
                )}
                <VersionCells name={name} version={version} />
              </TableRow>
            ))
          )}
        </TableBody>
      </Table>
    </TableScroll>
  );
}

function VersionCells({ name, version }: { readonly name: string; readonly version: ModelVersion }) {
  const { runId, description, stage, status } = version;
  return (
    <>
      <Cell>
        <ZoneLink
          href={versionHref(name, version.version)}
          className="rounded-sm font-medium hover:underline"
        >
          Version {version.version}
        </ZoneLink>
      </Cell>
      <Cell>
        <span className="flex gap-1">
          {version.aliases.map((alias) => (
            <AliasBadge key={alias} alias={alias} />
          ))}
          {stage !== "None" && <StageBadge stage={stage} />}
          {status === "FAILED_REGISTRATION" && <Badge tone="bad">failed</Badge>}
          {status === "PENDING_REGISTRATION" && <Badge tone="live">pending</Badge>}
        </span>
      </Cell>
      <Cell className="max-w-70 truncate text-ink-2 max-md:hidden" title={description}>
        {noteLine(description ?? "")}
      </Cell>
      <Cell className="max-sm:hidden">
        {runId !== undefined && (
          <span className="flex items-center gap-1.5">
            <RunDot runId={runId} />
            <ZoneLink href={`/runs/${runId}`} title={runId} className="num rounded-sm hover:underline">
              {runId.slice(0, 8)}
            </ZoneLink>
          </span>
        )}
      </Cell>
      <Cell className="max-w-32 truncate text-ink-3 max-lg:hidden">
        {version.creatorId && <PersonName id={version.creatorId} />}
      </Cell>
      <Cell>
        <RelativeTime at={version.creationTime} className="text-ink-3" />
      </Cell>
    </>
  );
}
