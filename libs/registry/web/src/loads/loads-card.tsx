"use client";

import type { VersionLoad } from "@runweir/registry-trpc";
import { describeError } from "@runweir/web-trpc-client";
import {
  Card,
  CardHeader,
  type Column,
  ErrorState,
  formatCount,
  formatInstant,
  ListTable,
  RelativeTime,
  ShowMore,
} from "@runweir/web-ui";
import { useInfiniteQuery } from "@tanstack/react-query";
import { AliasBadge } from "../alias-badge.tsx";
import { useRegistryApi, useRegistryClient } from "../registry-api.ts";
import { StageBadge } from "../stage-badge.tsx";
import { targetWords } from "../target.ts";
import { kindWords } from "./load-words.ts";

const pageSize = 10;

/** Who loads this version, with what, by which name of it, and when they last did. */
export function LoadsCard({ name, version }: { readonly name: string; readonly version: number }) {
  const list = useLoads(name, String(version));
  if (list.isError && list.loads === undefined)
    return (
      <Card aria-label="Loaded by">
        <CardHeader title="Loaded by" />
        <div className="px-3 pb-3">
          <ErrorState compact problem={describeError(list.error)} onRetry={() => void list.refetch()} />
        </div>
      </Card>
    );
  if (list.loads?.length === 0)
    return (
      <Card aria-label="Loaded by">
        <CardHeader title="Loaded by" />
        <p className="px-3 pb-3 text-sm text-ink-3">
          Nobody in the last 90 days. Whoever asks where the files of this version are counts, as every client
          of MLflow does to load it; looking at it here does not.
        </p>
      </Card>
    );
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <ListTable
        label="Loaded by"
        header={<CardHeader title="Loaded by" count="in the last 90 days" />}
        items={list.loads}
        idOf={({ loader, client, via }) => [loader.id, client, via?.kind, via && targetWords(via)].join(" ")}
        noun="loader"
        columns={columns}
        rowsToCome={2}
      />
      <ShowMore list={list} />
    </div>
  );
}

const columns: readonly Column<VersionLoad>[] = [
  {
    name: "Who",
    className: "max-w-60 truncate max-sm:max-w-36",
    cell: ({ loader }) => (
      <span title={loader.name}>
        <span className="font-medium">{loader.name}</span>{" "}
        <span className="text-ink-3">{kindWords(loader)}</span>
      </span>
    ),
  },
  {
    name: "As",
    cell: ({ via }) =>
      via === undefined ? (
        <span className="text-ink-3" title="By its number, or in a way that nobody can tell">
          version
        </span>
      ) : via.kind === "alias" ? (
        <AliasBadge alias={via.alias} />
      ) : (
        <StageBadge stage={via.stage} />
      ),
  },
  {
    name: "With",
    className: "max-w-60 truncate text-ink-2 max-md:hidden",
    cell: ({ client }) => (
      <span className="num" title={client}>
        {client ?? "unknown"}
      </span>
    ),
  },
  {
    name: "Times",
    className: "text-right max-sm:hidden",
    cell: ({ loads, firstTime }) => (
      <span className="num" title={`since ${formatInstant(firstTime)}`}>
        {formatCount(loads)}
      </span>
    ),
  },
  { name: "Last", cell: ({ lastTime }) => <RelativeTime at={lastTime} className="text-ink-3" /> },
];

function useLoads(name: string, version: string) {
  const api = useRegistryApi();
  const client = useRegistryClient();
  const query = useInfiniteQuery({
    queryKey: [...api.loads.list.pathKey(), "pages", name, version],
    queryFn: ({ pageParam, signal }) =>
      client.loads.list.query(
        {
          name,
          version,
          maxResults: pageSize,
          ...(pageParam === undefined ? {} : { pageToken: pageParam }),
        },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextPageToken,
  });
  return { ...query, loads: query.data?.pages.flatMap(({ items }) => items) };
}
