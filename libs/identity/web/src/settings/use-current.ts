"use client";

import { useHydrated } from "@runweir/web-ui";
import { useQuery } from "@tanstack/react-query";
import { useIdentityApi } from "../identity-api.ts";

/** Who looks, and what pages need not offer them; undefined until that is known. */
export function useCurrent() {
  const api = useIdentityApi();
  const { data } = useQuery(api.account.current.queryOptions(undefined, { staleTime: 60_000 }));
  // The bar asks too, and may know before this part of the page is hydrated.
  return useHydrated() ? data : undefined;
}
