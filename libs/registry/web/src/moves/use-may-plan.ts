"use client";

import { useQuery } from "@tanstack/react-query";
import { useRegistryApi } from "../registry-api.ts";

/** Whether this person may plan bulk moves, and why not; undefined until that is known. */
export function useMayPlan() {
  const api = useRegistryApi();
  return useQuery(api.bulk.mayPlan.queryOptions(undefined, { staleTime: 60_000 })).data;
}
