"use client";

import type { WireRun } from "@runweir/tracking-trpc";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { defaultColumns, keysOf, type RunColumn, type RunOrder } from "../runs/run-column.ts";
import { useLiveRuns } from "../runs/use-live-runs.ts";
import { useTrackingApi, useTrackingClient } from "../tracking-api.ts";
import type { RunsView } from "./use-runs-view.ts";

/** The first page is small, to be there soon; further ones are large, to reach far with few requests. */
const firstPage = 100;
const nextPages = 1_000;
/** Rows kept free under the loaded ones while nobody knows how many there are. */
const placeholders = 50;

export interface Runs {
  readonly columns: readonly RunColumn[];
  /** undefined: still loading. */
  readonly runs: readonly WireRun[] | undefined;
  /** Rows the table has, loaded or not. */
  readonly rowCount: number;
  /** How many runs match; undefined while they are being counted. */
  readonly total: number | undefined;
  readonly running: number;
  readonly error: unknown;
  /** What is shown answers the question before, while the new one is being answered. */
  readonly stale: boolean;
  readonly loadingMore: boolean;
  loadMore(): void;
  retry(): void;
}

/** Runs of one experiment as the view asks for them, page after page, kept current. */
export function useRuns(experimentId: string, view: RunsView): Runs {
  const api = useTrackingApi();
  const client = useTrackingClient();
  const keys = useQuery(api.runs.keys.queryOptions({ experimentIds: [experimentId] }));
  const columns = useMemo(
    () => view.columns ?? (keys.data ? defaultColumns(keys.data) : []),
    [view.columns, keys.data],
  );
  const viewType = view.deleted ? ("DELETED_ONLY" as const) : ("ACTIVE_ONLY" as const);
  const asked = {
    experimentIds: [experimentId],
    viewType,
    ...(view.filter === "" ? {} : { filter: view.filter }),
  };
  const counts = useQuery(api.runs.count.queryOptions(asked, { placeholderData: keepPreviousData }));
  const input = {
    ...asked,
    orderBy: [toOrderBy(view.order)],
    shown: keysOf(columns),
  };
  const query = useInfiniteQuery({
    queryKey: [...api.runs.search.pathKey(), "table", input],
    queryFn: ({ pageParam, signal }) =>
      client.runs.search.query(
        {
          ...input,
          maxResults: pageParam === undefined ? firstPage : nextPages,
          ...(pageParam === undefined ? {} : { pageToken: pageParam }),
        },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextPageToken,
    placeholderData: keepPreviousData,
    // Without the keys nobody knows the columns; when they cannot be had, the runs alone are better than nothing.
    enabled: view.columns !== undefined || keys.data !== undefined || keys.isError,
  });
  useLiveRuns(experimentId);
  // A filter that is refused leaves what was found before on the screen, to be read while it is mended.
  const [shown, setShown] = useState(query.data);
  if (query.data !== undefined && query.data !== shown) setShown(query.data);
  const data = query.data ?? (query.isError ? shown : undefined);
  const runs = useMemo(() => data?.pages.flatMap(({ items }) => items), [data]);
  const total = runs !== undefined && !query.hasNextPage ? runs.length : counts.data?.total;
  const loaded = runs?.length ?? 0;
  return {
    columns,
    runs,
    rowCount: query.hasNextPage ? Math.max(total ?? 0, loaded + placeholders) : loaded,
    total,
    running: counts.data?.byStatus.RUNNING ?? 0,
    error: query.error ?? undefined,
    stale: query.isPlaceholderData || (query.isError && data !== query.data),
    loadingMore: query.isFetchingNextPage,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetching) void query.fetchNextPage();
    },
    retry: () => void query.refetch(),
  };
}

function toOrderBy({ column, ascending }: RunOrder) {
  const field =
    column.entity === "metric"
      ? { entity: column.entity, key: column.key, aggregate: "last" as const }
      : { entity: column.entity, key: column.key };
  return { field, ascending };
}
