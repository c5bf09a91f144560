"use client";

import { useQueryClient } from "@tanstack/react-query";
import {
  createTRPCClient,
  httpBatchLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
  type TRPCLink,
} from "@trpc/client";
import type { AnyTRPCRouter } from "@trpc/server";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { type ReactNode, useState } from "react";
import { connectionLink } from "./connection-link.ts";

/**
 * One slice's API in the browser, typed by its router: `createSliceApi<TrackingApi>("tracking")` talks to
 * `/trpc/tracking` on the page's own origin.
 *
 * - `Provider`: once around the pages of the slice, inside `<ApiProvider>`.
 * - `useApi()`: query, mutation and subscription options for TanStack Query.
 * - `useClient()`: the plain client, for event handlers.
 */
export function createSliceApi<Router extends AnyTRPCRouter>(slice: string) {
  const context = createTRPCContext<Router, { keyPrefix: true }>();

  // biome-ignore lint/correctness/noComponentHookFactories: called once per slice, at module level, for the types
  function Provider({ children }: { readonly children: ReactNode }) {
    const queryClient = useQueryClient();
    const [client] = useState(() => createSliceClient<Router>(slice));
    return (
      <context.TRPCProvider queryClient={queryClient} trpcClient={client} keyPrefix={slice}>
        {children}
      </context.TRPCProvider>
    );
  }

  return { Provider, useApi: context.useTRPC, useClient: context.useTRPCClient };
}

function createSliceClient<Router extends AnyTRPCRouter>(slice: string): TRPCClient<Router> {
  const url = `/trpc/${slice}`;
  const links: TRPCLink<AnyTRPCRouter>[] = [
    connectionLink(),
    splitLink({
      condition: (operation) => operation.type === "subscription",
      true: httpSubscriptionLink({ url }),
      // Addresses beyond this are refused by some proxies; a longer batch goes out in pieces.
      false: httpBatchLink({ url, maxURLLength: 4_000, maxItems: 20 }),
    }),
  ];
  // The links only ask whether the router has a transformer; no router here has one.
  return createTRPCClient<Router>({ links: links as unknown as TRPCLink<Router>[] });
}
