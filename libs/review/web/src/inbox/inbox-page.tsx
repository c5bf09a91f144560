"use client";

import { describeError } from "@runweir/web-trpc-client";
import {
  Badge,
  Button,
  Card,
  EmptyState,
  ErrorState,
  PageHeader,
  SegmentedControl,
  ShowMore,
  useDocumentTitle,
} from "@runweir/web-ui";
import { useAddress } from "@runweir/web-zones/address";
import { ZoneLink } from "@runweir/web-zones/link";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useReviewChanges } from "../live/use-review-changes.ts";
import { type InboxEntry, useReviewApi, useReviewClient } from "../review-api.ts";
import { type ListedRequest, RequestsTable } from "./requests-table.tsx";

const pageSize = 50;
const pending = ["open", "approved", "queued", "rolling_out"] as const;
const views = ["inbox", "open", "all"] as const;

const reasons: Readonly<Record<InboxEntry["reason"], string>> = {
  review_requested: "review requested",
  mentioned: "mentioned",
  checks_failing: "checks failing",
  author: "yours",
};

/** What waits for the reader, what is open, and everything that ever was. */
export function InboxPage() {
  useDocumentTitle("Reviews");
  const address = useAddress();
  const view = views.find((one) => one === address.get("view")) ?? "inbox";
  useReviewChanges();
  return (
    <>
      <PageHeader title="Reviews">
        <Button asChild variant="ghost">
          <ZoneLink href="/reviews/policies">Policies</ZoneLink>
        </Button>
        <SegmentedControl
          label="Which requests"
          value={view}
          onValueChange={(next) => address.set({ view: next === "inbox" ? undefined : next })}
          options={[
            { value: "inbox", label: "Waiting for me" },
            { value: "open", label: "Open" },
            { value: "all", label: "All" },
          ]}
        />
      </PageHeader>
      <div className="px-4 pt-1 pb-6">{view === "inbox" ? <Inbox /> : <List open={view === "open"} />}</div>
    </>
  );
}

function Inbox() {
  const api = useReviewApi();
  const address = useAddress();
  const query = useQuery(api.inbox.get.queryOptions());
  if (query.isError && query.data === undefined)
    return <ErrorState problem={describeError(query.error)} onRetry={() => void query.refetch()} />;
  if (query.data?.entries.length === 0)
    return (
      <EmptyState
        title="Nothing waits for you"
        actions={<Button onClick={() => address.set({ view: "open" })}>See what is open</Button>}
      >
        <p>
          A request asks for a version to be promoted: an alias or a stage that people have agreed to review.
          One is opened from a version’s page. It comes here when somebody asks you to review it, or names you
          in a comment.
        </p>
      </EmptyState>
    );
  return (
    <Card aria-label="Waiting for me">
      <RequestsTable requests={query.data && listOnce(query.data.entries)} />
    </Card>
  );
}

/** Each request once, with all that it waits for; that it is theirs goes without saying where there is more to say. */
function listOnce(entries: readonly InboxEntry[]): readonly ListedRequest[] {
  return [...Map.groupBy(entries, ({ request }) => request.requestId).values()].flatMap((of) => {
    const [first] = of;
    if (first === undefined) return [];
    const said = of.map(({ reason }) => reason).filter((reason) => reason !== "author" || of.length === 1);
    return [
      {
        request: first.request,
        time: Math.max(...of.map(({ time }) => time)),
        reason: said.map((reason) => (
          <Badge key={reason} tone={reason === "checks_failing" ? "bad" : "accent"}>
            {reasons[reason]}
          </Badge>
        )),
      },
    ];
  });
}

function List({ open }: { readonly open: boolean }) {
  const api = useReviewApi();
  const client = useReviewClient();
  const list = useInfiniteQuery({
    queryKey: [...api.requests.list.pathKey(), "pages", open],
    queryFn: ({ pageParam, signal }) =>
      client.requests.list.query(
        {
          limit: pageSize,
          ...(open ? { states: [...pending] } : {}),
          ...(pageParam === undefined ? {} : { before: pageParam }),
        },
        { signal },
      ),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.before,
  });
  const requests = list.data?.pages.flatMap(({ items }) => items);
  if (list.isError && requests === undefined)
    return <ErrorState problem={describeError(list.error)} onRetry={() => void list.refetch()} />;
  if (requests?.length === 0)
    return (
      <EmptyState
        title={open ? "No request is open" : "No requests yet"}
        actions={
          <Button asChild variant="primary">
            <ZoneLink href="/models">Go to the models</ZoneLink>
          </Button>
        }
      >
        <p>Open one from a version’s page: “Open a request”.</p>
      </EmptyState>
    );
  return (
    <>
      <Card aria-label="Requests">
        <RequestsTable requests={requests?.map((request) => ({ request, time: request.lastUpdateTime }))} />
      </Card>
      <div className="mt-3 flex">
        <ShowMore list={list} />
      </div>
    </>
  );
}
