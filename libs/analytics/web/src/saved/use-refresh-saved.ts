"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useAnalyticsApi } from "../analytics-api.ts";

/** Asks for the saved queries again, after one of them was changed here. */
export function useRefreshSaved(): () => Promise<void> {
  const api = useAnalyticsApi();
  const queryClient = useQueryClient();
  return useCallback(
    () => queryClient.invalidateQueries({ queryKey: api.savedQueries.list.pathKey() }),
    [api, queryClient],
  );
}
