"use client";

import { ApiProvider } from "@runweir/web-trpc-client";
import { UiProvider } from "@runweir/web-ui";
import { type ReactNode, Suspense } from "react";
import { ConnectionBanner } from "./connection-banner.tsx";
import { RegistryApiProvider } from "./registry-api.ts";
import { TopBar } from "./top-bar.tsx";
import { TrackingApiProvider } from "./tracking-api.ts";

/** The bar that is the same on every page of every zone, and what the pages need above them. */
export function AppFrame({ children }: { readonly children: ReactNode }) {
  return (
    <ApiProvider>
      <TrackingApiProvider>
        <RegistryApiProvider>
          <UiProvider>
            <div className="flex h-dvh min-h-0 flex-col">
              <a
                href="#main"
                className="sr-only z-60 rounded-md bg-surface px-3 py-1 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
              >
                Skip to the page
              </a>
              <TopBar />
              <ConnectionBanner />
              <main id="main" tabIndex={-1} className="min-h-0 flex-1 overflow-y-auto outline-none">
                <Suspense>{children}</Suspense>
              </main>
            </div>
          </UiProvider>
        </RegistryApiProvider>
      </TrackingApiProvider>
    </ApiProvider>
  );
}
