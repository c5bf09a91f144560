"use client";

import type { QueryParameter, SavedQuery } from "@runweir/analytics-domain";
import { describeError } from "@runweir/web-trpc-client";
import { copyText, useToast } from "@runweir/web-ui";
import { useAnalyticsClient } from "../analytics-api.ts";
import { saveAnswer } from "../run/save-answer.ts";
import type { SqlFormat, SqlRequest } from "../run/sql-request.ts";
import { isDirty, type SqlTab } from "../workbench/sql-tabs.ts";
import { useRefreshSaved } from "./use-refresh-saved.ts";

/** What is done with the statement of a tab beyond running it; every ending is told. */
export function useQueryActions(options: {
  readonly tab: SqlTab | undefined;
  readonly parameters: readonly QueryParameter[];
  readonly onSaved: (query: SavedQuery) => void;
  /** It has to be saved first, under a name. */
  readonly onUnsaved: () => void;
}) {
  const { tab, parameters, onSaved, onUnsaved } = options;
  const client = useAnalyticsClient();
  const refresh = useRefreshSaved();
  const toast = useToast();
  const fail = (what: string, error: unknown) => {
    const { title, message } = describeError(error);
    toast({ title: `${what} ${title}`, description: message, tone: "bad" });
  };

  function saved(query: SavedQuery): void {
    onSaved(query);
    toast({ title: `Saved as ${query.name}` });
    void refresh();
  }

  async function save(): Promise<boolean> {
    if (!tab?.saved) {
      onUnsaved();
      return false;
    }
    const { queryId, version } = tab.saved;
    try {
      const change = { queryId, version, sql: tab.sql, parameters: [...parameters] };
      saved(await client.savedQueries.update.mutate(change));
      return true;
    } catch (error) {
      fail("Nothing was saved.", error);
      return false;
    }
  }

  return {
    saved,
    save,
    /** A link to the query as it is in this tab, on the clipboard. */
    async share() {
      if (!tab?.saved) return onUnsaved();
      if (isDirty(tab) && !(await save())) return;
      try {
        const { token } = await client.savedQueries.createLink.mutate({ queryId: tab.saved.queryId });
        const url = `${window.location.origin}/sql?link=${token}`;
        const copied = await copyText(url);
        toast({ title: copied ? "The link is on the clipboard" : "The link", description: url });
      } catch (error) {
        fail("There is no link.", error);
      }
    },
    async download(request: SqlRequest, format: SqlFormat) {
      toast({ title: "The statement runs once more for the file" });
      try {
        await saveAnswer(request, format, tab?.name ?? "result");
      } catch (error) {
        const description = error instanceof Error ? error.message : "";
        toast({ title: "There is no file", description, tone: "bad" });
      }
    },
  };
}
