"use client";

import { describeError } from "@runweir/web-trpc-client";
import {
  Badge,
  Button,
  ErrorState,
  formatDate,
  formatInstant,
  PageHeader,
  RelativeTime,
  Skeleton,
  Tab,
  TabList,
  TabPanel,
  Tabs,
  useDocumentTitle,
  usePageVisible,
} from "@runweir/web-ui";
import { useAddress } from "@runweir/web-zones/address";
import { ZoneLink } from "@runweir/web-zones/link";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "next/navigation";
import type { ComponentProps } from "react";
import { ChangesTab } from "../changes/changes-tab.tsx";
import { useDiff } from "../changes/use-diff.ts";
import { ChecksTab } from "../checks/checks-tab.tsx";
import { useReviewChanges } from "../live/use-review-changes.ts";
import { MergeBox } from "../merge/merge-box.tsx";
import { type RequestView, useReviewApi } from "../review-api.ts";
import { StateBadge } from "../state-badge.tsx";
import { Conversation } from "../talk/conversation.tsx";
import { modelOf, versionWords } from "../target-words.ts";
import { RequestAside } from "./request-aside.tsx";
import { RequestEdit } from "./request-edit.tsx";
import { MergeBoxSkeleton, RowsSkeleton } from "./request-skeleton.tsx";

const tabs = ["conversation", "changes", "checks", "data"] as const;
/** Milliseconds between two looks at what no event tells: a target that was moved by hand, a freeze that begins. */
const lookAgain = 30_000;
/** What is no longer the reader's to see is not left standing. */
const lost = ["permission_denied", "unauthenticated", "not_found"];

export function RequestPage() {
  const { requestId: id = "" } = useParams<{ requestId: string }>();
  // Each has a page of its own: nothing of one stands on another's, on the way from one to its revert.
  if (/^[1-9]\d{0,14}$/.test(id)) return <RequestOf key={id} requestId={Number(id)} />;
  const message = `Requests go by numbers; found “${id}”.`;
  return <NoRequest problem={{ title: "There is nothing here", message }} />;
}

/** A model pull request: what is asked for, what is different, what was said of it, and what is missing. */
function RequestOf({ requestId }: { readonly requestId: number }) {
  const api = useReviewApi();
  const queries = useQueryClient();
  const address = useAddress();
  const visible = usePageVisible();
  const query = useQuery(
    api.requests.get.queryOptions({ requestId }, { refetchInterval: visible ? lookAgain : false }),
  );
  useReviewChanges(requestId);
  const problem = query.error === null ? undefined : describeError(query.error);
  const view = problem && lost.includes(problem.code) ? undefined : query.data;
  const diff = useDiff(view?.request);
  useDocumentTitle(view && `${view.request.title} #${requestId}`);
  const onChanged = () => queries.invalidateQueries(api.pathFilter());
  const tab = tabs.find((one) => one === address.get("tab")) ?? "conversation";
  if (problem && view === undefined)
    return <NoRequest problem={problem} onRetry={() => void query.refetch()} />;
  const changes = diff.data?.reduce((sum, one) => sum + one.changes, 0);
  // A check of ours that nobody asked for holds nothing back.
  const failing = view?.checks.filter(
    ({ isCurrent, isRequired, source, conclusion }) =>
      isCurrent &&
      (isRequired || source === "external") &&
      (conclusion === "failure" || conclusion === "timed_out"),
  ).length;
  return (
    <>
      <RequestHeader view={view} requestId={requestId} onChanged={onChanged} />
      <Tabs
        value={tab}
        onValueChange={(next) => address.set({ tab: next === "conversation" ? undefined : next })}
      >
        <TabList label="Request">
          <Tab value="conversation" count={view && countComments(view)}>
            Conversation
          </Tab>
          <Tab value="changes" count={changes}>
            Changes
          </Tab>
          <Tab value="checks">
            Checks
            {failing !== undefined && failing > 0 && <Badge tone="bad">{failing} failing</Badge>}
          </Tab>
          <Tab value="data">Data</Tab>
        </TabList>
        <div className="grid items-start gap-5 px-4 py-3.5 lg:grid-cols-[minmax(0,1fr)_300px]">
          <div className="min-w-0">
            {view === undefined ? (
              <RowsSkeleton />
            ) : (
              <>
                <TabPanel value="conversation">
                  <Conversation view={view} onChanged={onChanged} />
                </TabPanel>
                <TabPanel value="changes">
                  <ChangesTab view={view} onChanged={onChanged} />
                </TabPanel>
                <TabPanel value="checks">
                  <ChecksTab view={view} onChanged={onChanged} />
                </TabPanel>
                <TabPanel value="data">
                  <ChangesTab view={view} onChanged={onChanged} only="data" />
                </TabPanel>
              </>
            )}
          </div>
          <aside className="flex min-w-0 flex-col gap-4.5 lg:sticky lg:top-3">
            {view === undefined ? (
              <MergeBoxSkeleton />
            ) : (
              <>
                <MergeBox view={view} onChanged={onChanged} />
                <RequestAside view={view} />
              </>
            )}
          </aside>
        </div>
      </Tabs>
    </>
  );
}

function NoRequest(shown: Pick<ComponentProps<typeof ErrorState>, "problem" | "onRetry">) {
  return (
    <ErrorState
      heading="h1"
      {...shown}
      actions={
        <Button asChild>
          <ZoneLink href="/reviews">All requests</ZoneLink>
        </Button>
      }
    />
  );
}

function RequestHeader({
  view,
  requestId,
  onChanged,
}: {
  readonly view: RequestView | undefined;
  readonly requestId: number;
  readonly onChanged: () => Promise<unknown>;
}) {
  const request = view?.request;
  const model = request && modelOf(request);
  return (
    <>
      <PageHeader
        crumbs={
          model === undefined
            ? [{ label: "Reviews", href: "/reviews" }]
            : [
                { label: "Models", href: "/models" },
                { label: model, href: `/models/${encodeURIComponent(model)}` },
              ]
        }
        title={request?.title ?? <Skeleton className="h-4 w-60" />}
        badges={
          <>
            <span className="num text-ink-3">#{requestId}</span>
            {request && <StateBadge state={request.state} />}
          </>
        }
      >
        {view?.may.edit && <RequestEdit view={view} onChanged={onChanged} />}
      </PageHeader>
      {request === undefined ? (
        <p className="flex h-6.5 items-center px-4 pb-1.5">
          <Skeleton className="w-72" />
        </p>
      ) : (
        <p className="flex flex-wrap gap-x-1.5 px-4 pb-1.5 text-sm text-ink-3">
          <span>
            opened <RelativeTime at={request.creationTime} /> by{" "}
            <b className="font-semibold text-ink">{request.author.name}</b>
          </span>
          {request.subject.kind === "moves" && (
            <span>
              · base: {request.subject.moves.map(({ from }) => versionWords(from)).join(", ")}
              {view?.baseSince !== undefined && (
                <>
                  , there since{" "}
                  <time
                    dateTime={new Date(view.baseSince).toISOString()}
                    title={formatInstant(view.baseSince)}
                  >
                    {formatDate(view.baseSince)}
                  </time>
                </>
              )}
            </span>
          )}
          <span>
            · head <span className="num">{request.headDigest.slice(0, 7)}</span>
          </span>
        </p>
      )}
    </>
  );
}

function countComments({ threads }: RequestView): number {
  return threads.reduce((sum, { comments }) => sum + comments.length, 0);
}
