"use client";

import type { SavedQuery } from "@runweir/analytics-domain";
import { describeError } from "@runweir/web-trpc-client";
import {
  ConfirmDialog,
  ErrorState,
  IconButton,
  Menu,
  MenuItem,
  SkeletonRows,
  useToast,
} from "@runweir/web-ui";
import { useQuery } from "@tanstack/react-query";
import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { useAnalyticsApi, useAnalyticsClient } from "../analytics-api.ts";
import { useRefreshSaved } from "./use-refresh-saved.ts";

/** Queries that were kept: one's own and those that are shared. */
export function SavedList({ onOpen }: { readonly onOpen: (query: SavedQuery) => void }) {
  const api = useAnalyticsApi();
  const saved = useQuery(api.savedQueries.list.queryOptions({}));
  const client = useAnalyticsClient();
  const refresh = useRefreshSaved();
  const toast = useToast();
  const [deleting, setDeleting] = useState<SavedQuery>();
  const change = async (query: SavedQuery, patch: { readonly isShared: boolean }) => {
    try {
      await client.savedQueries.update.mutate({ queryId: query.queryId, version: query.version, ...patch });
      toast({ title: patch.isShared ? "Everybody of the workspace sees it now" : "Only you see it now" });
    } catch (error) {
      toast({ title: describeError(error).title, description: describeError(error).message, tone: "bad" });
    }
    await refresh();
  };
  return (
    <section aria-labelledby="saved-queries" className="shrink-0 border-t border-line py-2">
      <h2 id="saved-queries" className="px-3 py-1 text-ink-3">
        Saved queries
      </h2>
      {saved.isPending && <SkeletonRows rows={2} columns={1} />}
      {saved.isError && (
        <ErrorState compact problem={describeError(saved.error)} onRetry={() => void saved.refetch()} />
      )}
      {saved.data?.length === 0 && (
        <p className="px-3 py-1 text-sm text-ink-3">None yet. Save one above its result.</p>
      )}
      <ul>
        {saved.data?.map((query) => (
          <li key={query.queryId} className="group flex items-center pr-1 hover:bg-hover">
            <button
              type="button"
              title={query.description || query.sql}
              className="min-w-0 flex-1 truncate px-3 py-1 text-left"
              onClick={() => onOpen(query)}
            >
              {query.name}
              {query.isShared && <span className="ml-1.5 text-xs text-ink-3">shared</span>}
            </button>
            <Menu
              label={`What can be done with ${query.name}`}
              trigger={
                <IconButton
                  label={`More about ${query.name}`}
                  icon={<Ellipsis aria-hidden className="size-3.5" />}
                />
              }
            >
              <MenuItem onSelect={() => void change(query, { isShared: !query.isShared })}>
                {query.isShared ? "Keep it to myself" : "Share with the workspace"}
              </MenuItem>
              <MenuItem danger onSelect={() => setDeleting(query)}>
                Delete...
              </MenuItem>
            </Menu>
          </li>
        ))}
      </ul>
      {deleting && (
        <ConfirmDialog
          open
          danger
          onOpenChange={(open) => open || setDeleting(undefined)}
          title={`Delete ${deleting.name}?`}
          description="Its links stop working. This cannot be undone; open tabs keep the statement."
          confirmLabel="Delete"
          onConfirm={async () => {
            await client.savedQueries.delete.mutate({ queryId: deleting.queryId, version: deleting.version });
            await refresh();
          }}
          describeError={describeError}
        />
      )}
    </section>
  );
}
