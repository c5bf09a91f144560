"use client";

import { describeError } from "@runweir/web-trpc-client";
import { Card, EmptyState, ErrorState, RelativeTime, ShowMore, Skeleton } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { useInfiniteQuery } from "@tanstack/react-query";
import { AliasBadge } from "../alias-badge.tsx";
import { versionHref } from "../model-address.ts";
import { moveHref } from "../moves/move-address.ts";
import { useRegistryApi, useRegistryClient } from "../registry-api.ts";
import { StageBadge } from "../stage-badge.tsx";
import { TargetAt } from "./target-at.tsx";

const pageSize = 50;

/** What every alias and stage pointed at, newest move first, and what one pointed at then. */
export function HistoryTab({ name, version }: { readonly name: string; readonly version?: string }) {
  const list = useHistory(name, version);
  if (list.isError && list.entries === undefined)
    return <ErrorState problem={describeError(list.error)} onRetry={() => void list.refetch()} />;
  if (list.entries?.length === 0)
    return (
      <EmptyState title="Nothing has moved yet">
        <p>Each move of an alias or a stage is kept here: from which version to which, by whom, and why.</p>
      </EmptyState>
    );
  return (
    <div className="flex flex-col gap-3.5 px-4 py-3">
      {version === undefined && <TargetAt name={name} />}
      <Card aria-label="Moves">
        <ol className="py-1">
          {list.entries === undefined
            ? ["w-72", "w-60", "w-64"].map((width) => (
                <li key={width} className="flex h-row items-center px-3">
                  <Skeleton className={width} />
                </li>
              ))
            : list.entries.map((entry) => (
                <li
                  key={`${entry.kind} ${entry.validFrom} ${entry.kind === "alias" ? entry.alias : entry.version}`}
                  className="flex min-h-9 flex-wrap items-center gap-x-2 gap-y-0.5 border-b border-line px-3 py-1 text-sm last:border-b-0"
                >
                  {entry.kind === "alias" ? (
                    <>
                      <AliasBadge alias={entry.alias} />
                      <Version name={name} version={entry.previousVersion} />
                      <span aria-hidden className="text-ink-3">
                        →
                      </span>
                      <span className="sr-only">to</span>
                      <Version name={name} version={entry.version} />
                    </>
                  ) : (
                    <>
                      <Version name={name} version={entry.version} />
                      {entry.stage === undefined ? (
                        <span className="text-ink-2">was deleted</span>
                      ) : (
                        <>
                          {entry.previousStage !== undefined && <StageBadge stage={entry.previousStage} />}
                          <span aria-hidden className="text-ink-3">
                            →
                          </span>
                          <span className="sr-only">to</span>
                          <StageBadge stage={entry.stage} />
                        </>
                      )}
                    </>
                  )}
                  <span className="text-ink-3">
                    by {entry.actor.name} <RelativeTime at={entry.validFrom} />
                  </span>
                  <MadeBy requestId={entry.requestId} />
                  {entry.reason !== undefined && (
                    <span className="min-w-0 basis-full break-words text-ink-2">{entry.reason}</span>
                  )}
                </li>
              ))}
        </ol>
      </Card>
      <ShowMore list={list} />
    </div>
  );
}

/** Moves of a review or a bulk move name its number, and a space, which no client's request id has, before the request to the server. */
function MadeBy({ requestId }: { readonly requestId: string | undefined }) {
  const [, kind, number] = /^(review|bulk-move)-(\d+) /.exec(requestId ?? "") ?? [];
  if (number === undefined) return null;
  return (
    <ZoneLink
      href={kind === "review" ? `/reviews/${number}` : moveHref(number)}
      className="text-accent underline"
    >
      {kind === "review" ? `#${number}` : `bulk move ${number}`}
    </ZoneLink>
  );
}

function Version({ name, version }: { readonly name: string; readonly version: number | undefined }) {
  if (version === undefined) return <span className="text-ink-3">none</span>;
  return (
    <ZoneLink href={versionHref(name, version)} className="rounded-sm font-medium hover:underline">
      version {version}
    </ZoneLink>
  );
}

function useHistory(name: string, version: string | undefined) {
  const api = useRegistryApi();
  const client = useRegistryClient();
  const query = useInfiniteQuery({
    queryKey: [...api.history.list.pathKey(), "pages", name, version],
    queryFn: ({ pageParam, signal }) =>
      client.history.list.query(
        {
          name,
          maxResults: pageSize,
          ...(version === undefined ? {} : { version }),
          ...(pageParam === undefined ? {} : { pageToken: pageParam }),
        },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextPageToken,
  });
  return { ...query, entries: query.data?.pages.flatMap(({ items }) => items) };
}
