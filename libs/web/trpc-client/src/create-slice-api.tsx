"use client";

import { useQueryClient } from "@tanstack/react-query";
import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
  type TRPCLink,
} from "@trpc/client";
import type { AnyTRPCRouter } from "@trpc/server";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { type ReactNode, useState } from "react";
import { connectionLink } from "./connection-link.ts";
import { signInLink } from "./sign-in-link.ts";

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

const urlLengthMax = 4_000;

/** As the context of a question whose answer may be long in coming: what is asked at the same moment does not wait for it. */
export const alone = { alone: true } as const;

function createSliceClient<Router extends AnyTRPCRouter>(slice: string): TRPCClient<Router> {
  const url = `/trpc/${slice}`;
  const links: TRPCLink<AnyTRPCRouter>[] = [
    connectionLink(),
    signInLink(),
    splitLink({
      condition: (operation) => operation.type === "subscription",
      true: httpSubscriptionLink({ url }),
      false: splitLink({
        // Addresses beyond some length are refused on the way: a longer batch goes out in pieces, and a question that is
        // too long by itself (a hundred columns, fifty runs) goes as a body.
        condition: ({ input }) => encodeURIComponent(JSON.stringify(input ?? null)).length > urlLengthMax / 2,
        true: httpBatchLink({ url, methodOverride: "POST", maxItems: 20 }),
        false: splitLink({
          condition: ({ context }) => context.alone === true,
          true: httpLink({ url }),
          false: httpBatchLink({ url, maxURLLength: urlLengthMax, maxItems: 20 }),
        }),
      }),
    }),
  ];
  // The links only ask whether the router has a transformer; no router here has one.
  return createTRPCClient<Router>({ links: links as unknown as TRPCLink<Router>[] });
}
