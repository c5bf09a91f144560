"use client";

import { ApiProvider } from "@runweir/web-trpc-client";
import { ThemeSwitch, UiProvider } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { type ReactNode, Suspense } from "react";
import { NavLinks } from "./nav-links.tsx";
import { RunweirMark } from "./runweir-mark.tsx";

/** The bar that is the same on every page of every zone, and what the pages need above them. */
export function AppFrame({ children }: { readonly children: ReactNode }) {
  return (
    <ApiProvider>
      <UiProvider>
        <div className="flex h-dvh min-h-0 flex-col">
          <header className="flex h-bar shrink-0 items-center gap-1 border-b border-line bg-surface px-3">
            <ZoneLink href="/" className="mr-3 flex items-center gap-2 rounded-sm font-semibold">
              <RunweirMark />
              Runweir
            </ZoneLink>
            <NavLinks />
            <div className="ml-auto flex items-center gap-1">
              <ThemeSwitch />
            </div>
          </header>
          <main className="min-h-0 flex-1 overflow-y-auto">
            <Suspense>{children}</Suspense>
          </main>
        </div>
      </UiProvider>
    </ApiProvider>
  );
}
