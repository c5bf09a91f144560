"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRegistryApi } from "../registry-api.ts";

/** Asks everything of the registry that is on the page again, after a change. */
export function useRefreshRegistry(): () => Promise<void> {
  const api = useRegistryApi();
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries(api.pathFilter());
}
