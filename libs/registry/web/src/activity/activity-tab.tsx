"use client";

import { describeError } from "@runweir/web-trpc-client";
import {
  Badge,
  Card,
  EmptyState,
  ErrorState,
  Markdown,
  RelativeTime,
  ShowMore,
  Skeleton,
} from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useReviewApi, useReviewClient } from "../review-api.ts";
import { type Activity, activityWords, reasonOf } from "./activity-words.ts";

const pageSize = 50;

/** What people and checks said and did about this model, or one version of it: the newest first. Moves have a tab of their own. */
export function ActivityTab({ name }: { readonly name: string }) {
  const list = useActivity(name);
  if (list.isError && list.items === undefined)
    return <ErrorState problem={describeError(list.error)} onRetry={() => void list.refetch()} />;
  if (list.items?.length === 0)
    return (
      <EmptyState title="Nobody has asked for anything yet">
        <p>
          Requests to promote a version, what is said of them and what becomes of them are told here. One is
          opened from a version’s page: “Open a request”.
        </p>
      </EmptyState>
    );
  return (
    <div className="flex flex-col gap-3.5 px-4 py-3">
      <Card aria-label="Activity">
        <ol className="py-1">
          {list.items === undefined
            ? ["w-72", "w-60", "w-64"].map((width) => (
                <li key={width} className="flex h-row items-center px-3">
                  <Skeleton className={width} />
                </li>
              ))
            : list.items.map((item) => <Entry key={item.eventId} item={item} />)}
        </ol>
      </Card>
      <ShowMore list={list} />
    </div>
  );
}

function Entry({ item }: { readonly item: Activity }) {
  const { actor, requestId, title, time, comment, kind } = item;
  const said = comment ?? reasonOf(item);
  return (
    <li className="border-b border-line px-3 py-1.5 text-sm last:border-b-0">
      <p className="flex min-h-6 flex-wrap items-center gap-x-1.5">
        <b className="font-semibold">{actor.name}</b>{" "}
        <span className="text-ink-2">{activityWords(item)}</span>{" "}
        <ZoneLink href={`/reviews/${requestId}`} className="min-w-0 break-words hover:underline">
          <span className="num text-ink-3">#{requestId}</span> {title}
        </ZoneLink>{" "}
        {kind === "broken_glass" && <Badge tone="bad">glass broken</Badge>}
        <RelativeTime at={time} className="text-ink-3" />
      </p>
      {said !== undefined && <Markdown text={said} className="pt-0.5 pb-1 text-ink-2" />}
    </li>
  );
}

function useActivity(name: string) {
  const api = useReviewApi();
  const client = useReviewClient();
  const query = useInfiniteQuery({
    queryKey: [...api.requests.activity.pathKey(), "pages", name],
    queryFn: ({ pageParam, signal }) =>
      client.requests.activity.query(
        { model: name, limit: pageSize, ...(pageParam === undefined ? {} : { before: pageParam }) },
        { signal },
      ),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.before,
  });
  return { ...query, items: query.data?.pages.flatMap(({ items }) => items) };
}
