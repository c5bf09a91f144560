"use client";

import type { SavedQuery } from "@runweir/analytics-domain";
import { describeError } from "@runweir/web-trpc-client";
import { useToast } from "@runweir/web-ui";
import { useAddress } from "@runweir/web-zones/address";
import { useEffect, useRef } from "react";
import { useAnalyticsClient } from "../analytics-api.ts";

/** Opens the query that the address names, once: `?query=<id>`, or `?link=<token>` as links to pass on have it. */
export function useLinkedQuery(ready: boolean, open: (query: SavedQuery) => void): void {
  const address = useAddress();
  const client = useAnalyticsClient();
  const toast = useToast();
  const opened = useRef<string>(undefined);
  const queryId = address.get("query");
  const token = address.get("link");
  useEffect(() => {
    const asked = token ?? queryId;
    if (!ready || asked === undefined || opened.current === asked) return;
    opened.current = asked;
    const found =
      token === undefined
        ? client.savedQueries.get.query({ queryId: queryId ?? "" })
        : client.savedQueries.openLink.query({ token });
    found.then(open, (error: unknown) => {
      const { title, message } = describeError(error);
      toast({ title: `The query was not opened. ${title}`, description: message, tone: "bad" });
    });
  }, [ready, queryId, token, client, open, toast]);
}
