"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { onConnectionRestored } from "./connection.ts";
import { useProbe } from "./probe.ts";
import { retryDelay, shouldRetry } from "./retry-policy.ts";

/** The one QueryClient of a page. When the server comes back after an outage everything on screen is asked again. */
export function ApiProvider({ children }: { readonly children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  useEffect(() => onConnectionRestored(() => void queryClient.invalidateQueries()), [queryClient]);
  useProbe();
  return <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>;
}

function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: shouldRetry,
        retryDelay,
        // Live pages are told of changes; this only bounds how often moving around asks again.
        staleTime: 5_000,
        // The browser's idea of being online is wrong for a server on this very machine.
        networkMode: "always",
      },
      // A write is never repeated on its own: only the person who asked knows whether it should be.
      mutations: { retry: false, networkMode: "always" },
    },
  });
}
