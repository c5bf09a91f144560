"use client";

import { useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { useIdentityApi } from "../identity-api.ts";

const never = () => () => {};

/** Who looks, and what pages need not offer them; undefined until that is known. */
export function useCurrent() {
  const api = useIdentityApi();
  const { data } = useQuery(api.account.current.queryOptions(undefined, { staleTime: 60_000 }));
  // The bar asks too, and may know before this part of the page is hydrated, for which it has to be as the server wrote it.
  const isHydrated = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return isHydrated ? data : undefined;
}
