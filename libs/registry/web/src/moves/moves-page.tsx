"use client";

import type { BulkJob } from "@runweir/registry-trpc";
import { describeError } from "@runweir/web-trpc-client";
import {
  Badge,
  Button,
  type Column,
  EmptyState,
  ErrorState,
  formatCount,
  ListTable,
  PageHeader,
  RelativeTime,
  ShowMore,
  useDocumentTitle,
  usePageVisible,
} from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useRegistryApi, useRegistryClient } from "../registry-api.ts";
import { moveHref, planHref } from "./move-address.ts";
import { describeMove, stateTones } from "./move-words.ts";
import { useMayPlan } from "./use-may-plan.ts";

const pageSize = 50;
const lookAgainMs = 3_000;

/** Every bulk move of the reader's, newest first; administrators see everybody's. */
export function MovesPage() {
  useDocumentTitle("Bulk moves");
  const list = useMoves();
  const problem = list.isError ? describeError(list.error) : undefined;
  const mayPlan = useMayPlan()?.allowed;
  return (
    <>
      <PageHeader crumbs={[{ label: "Models", href: "/models" }]} title="Bulk moves">
        {mayPlan && (
          <Button asChild variant="primary">
            <ZoneLink href={planHref("")}>Plan a move</ZoneLink>
          </Button>
        )}
      </PageHeader>
      {problem !== undefined && list.moves === undefined ? (
        <ErrorState problem={problem} onRetry={() => void list.refetch()} />
      ) : list.moves?.length === 0 ? (
        <EmptyState title="No bulk moves yet">
          <p>
            A bulk move points an alias of many models at another version, or moves many versions into a
            stage. It is planned first, and moves nothing until you apply the plan; then it can be paused, and
            undone.
          </p>
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-3 px-4 pt-1 pb-6">
          <ListTable
            label="Bulk moves"
            items={list.moves}
            idOf={({ jobId }) => jobId}
            noun="bulk move"
            columns={columns}
          />
          <ShowMore list={list} />
        </div>
      )}
    </>
  );
}

const columns: readonly Column<BulkJob>[] = [
  {
    name: "Move",
    className: "max-w-80 truncate max-sm:max-w-44",
    cell: ({ jobId, request }) => (
      <ZoneLink
        href={moveHref(jobId)}
        title={describeMove(request)}
        className="rounded-sm font-medium hover:underline"
      >
        {describeMove(request)}
      </ZoneLink>
    ),
  },
  { name: "State", cell: ({ state }) => <Badge tone={stateTones[state]}>{state}</Badge> },
  {
    name: "Done",
    className: "text-right max-sm:hidden",
    cell: ({ progress: { done, of } }) => (
      <span className="num">
        {formatCount(done)} of {formatCount(of)}
      </span>
    ),
  },
  {
    name: "Why",
    className: "max-w-80 truncate text-ink-2 max-lg:hidden",
    cell: ({ request: { reason } }) => <span title={reason}>{reason}</span>,
  },
  { name: "By", className: "max-w-40 truncate max-md:hidden", cell: ({ actor }) => actor.name },
  {
    name: "Planned",
    cell: ({ creationTime }) => <RelativeTime at={creationTime} className="text-ink-3" />,
  },
];

function useMoves() {
  const api = useRegistryApi();
  const client = useRegistryClient();
  const visible = usePageVisible();
  const query = useInfiniteQuery({
    queryKey: [...api.bulk.list.pathKey(), "pages"],
    queryFn: ({ pageParam, signal }) =>
      client.bulk.list.query(
        { maxResults: pageSize, ...(pageParam === undefined ? {} : { pageToken: pageParam }) },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextPageToken,
    refetchInterval: ({ state }) =>
      visible && state.data?.pages.some(({ items }) => items.some(({ isUnderWay }) => isUnderWay))
        ? lookAgainMs
        : false,
  });
  return { ...query, moves: query.data?.pages.flatMap(({ items }) => items) };
}
