"use client";

import type { BulkItem, BulkJob } from "@runweir/registry-trpc";
import { describeError } from "@runweir/web-trpc-client";
import { CardHeader, type Column, ErrorState, formatCount, ListTable, ShowMore } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { useInfiniteQuery } from "@tanstack/react-query";
import { modelHref } from "../model-address.ts";
import { useRegistryApi, useRegistryClient } from "../registry-api.ts";
import { StageBadge } from "../stage-badge.tsx";

const pageSize = 50;

/** Each model of the plan, with where its target points and where it is to point. */
export function MoveItems({ jobId, job }: { readonly jobId: string; readonly job: BulkJob | undefined }) {
  const api = useRegistryApi();
  const client = useRegistryClient();
  const list = useInfiniteQuery({
    // What stays where it is turns out when it is applied.
    queryKey: [...api.bulk.items.pathKey(), "pages", jobId, job?.skipped ?? 0],
    queryFn: ({ pageParam, signal }) =>
      client.bulk.items.query(
        { jobId, maxResults: pageSize, ...(pageParam === undefined ? {} : { pageToken: pageParam }) },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextPageToken,
    placeholderData: (before) => before,
  });
  const items = list.data?.pages.flatMap((page) => page.items);
  if (list.isError && items === undefined)
    return <ErrorState problem={describeError(list.error)} onRetry={() => void list.refetch()} />;
  return (
    <>
      <ListTable
        label="Models"
        header={<CardHeader title="Models" count={job && formatCount(job.items)} />}
        items={items}
        idOf={({ item }) => String(item)}
        noun="model"
        columns={columns}
      />
      <ShowMore list={list} what="models" />
    </>
  );
}

const columns: readonly Column<BulkItem>[] = [
  {
    name: "Model",
    className: "max-w-100 truncate max-sm:max-w-40",
    cell: ({ model }) => (
      <ZoneLink href={modelHref(model)} title={model} className="rounded-sm font-medium hover:underline">
        {model}
      </ZoneLink>
    ),
  },
  {
    name: "From",
    cell: ({ from, version, fromStage }) =>
      fromStage === undefined ? (
        versionWords(from)
      ) : (
        <span className="flex items-center gap-1.5">
          <span className="text-ink-2">{versionWords(version)}</span>
          <StageBadge stage={fromStage} />
        </span>
      ),
  },
  {
    name: "To",
    cell: ({ to, toStage }) => (toStage === undefined ? versionWords(to) : <StageBadge stage={toStage} />),
  },
  {
    name: "",
    className: "text-ink-3 max-sm:hidden",
    cell: ({ isSkipped }) => (isSkipped ? "had moved since, and stayed" : null),
  },
];

function versionWords(version: number | undefined) {
  return version === undefined ? <span className="text-ink-3">none</span> : `version ${version}`;
}
