"use client";

import type { StoredHistoryEntry } from "@runweir/analytics-domain";
import { describeError } from "@runweir/web-trpc-client";
import {
  Button,
  Dialog,
  ErrorState,
  formatCount,
  formatDuration,
  RelativeTime,
  SkeletonRows,
} from "@runweir/web-ui";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAnalyticsApi, useAnalyticsClient } from "../analytics-api.ts";

const shownAtOnce = 100;

/** What one asked before, the newest first; a click opens it in a tab. */
export function HistoryList({
  onOpen,
  onClose,
}: {
  readonly onOpen: (entry: StoredHistoryEntry) => void;
  readonly onClose: () => void;
}) {
  const api = useAnalyticsApi();
  const client = useAnalyticsClient();
  const queryClient = useQueryClient();
  const [clearing, setClearing] = useState(false);
  // Another statement may have been run a moment ago.
  const history = useQuery({ ...api.history.list.queryOptions({ limit: shownAtOnce }), staleTime: 0 });
  const clear = async () => {
    setClearing(true);
    await client.history.clear.mutate().catch(() => {});
    await queryClient.invalidateQueries({ queryKey: api.history.list.pathKey() });
    setClearing(false);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title="History"
      description="What you asked, the newest first. Nobody else sees it."
      size="lg"
      footer={
        history.data?.length ? (
          <Button busy={clearing} onClick={() => void clear()}>
            Forget all of it
          </Button>
        ) : undefined
      }
    >
      {history.isPending && <SkeletonRows rows={6} columns={1} />}
      {history.isError && (
        <ErrorState compact problem={describeError(history.error)} onRetry={() => void history.refetch()} />
      )}
      {history.data?.length === 0 && <p className="py-6 text-center text-ink-2">Nothing was asked yet.</p>}
      <ul className="max-h-[60dvh] divide-y divide-line overflow-y-auto">
        {history.data?.map((entry) => (
          <li key={entry.entryNo}>
            <button
              type="button"
              className="flex w-full flex-col gap-0.5 rounded-sm px-2 py-2 text-left hover:bg-hover"
              onClick={() => onOpen(entry)}
            >
              <code className="line-clamp-2 w-full break-all whitespace-pre-wrap">{entry.sql}</code>
              <span className="flex flex-wrap gap-x-2 text-sm text-ink-3">
                <RelativeTime at={entry.startTime} />
                {entry.outcome.state === "done" ? (
                  <span>
                    {formatCount(entry.outcome.rows)} rows in {formatDuration(entry.milliseconds)}
                  </span>
                ) : (
                  <span className="min-w-0 truncate text-bad">{entry.outcome.message}</span>
                )}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
