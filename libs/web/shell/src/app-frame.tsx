"use client";

import { ApiProvider } from "@runweir/web-trpc-client";
import { IconButton, Kbd, ThemeSwitch, UiProvider, useHotkey } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { CircleHelp, Search } from "lucide-react";
import { type ReactNode, Suspense, useState } from "react";
import { ConnectionBanner } from "./connection-banner.tsx";
import { DemoApiProvider } from "./demo-api.ts";
import { HotkeyHelp } from "./hotkey-help.tsx";
import { NavLinks } from "./nav-links.tsx";
import { CommandPalette } from "./palette/command-palette.tsx";
import { RunweirMark } from "./runweir-mark.tsx";
import { TrackingApiProvider } from "./tracking-api.ts";
import { useKeyNames } from "./use-key-names.ts";

/** The bar that is the same on every page of every zone, and what the pages need above them. */
export function AppFrame({ children }: { readonly children: ReactNode }) {
  return (
    <ApiProvider>
      <TrackingApiProvider>
        <DemoApiProvider>
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
        </DemoApiProvider>
      </TrackingApiProvider>
    </ApiProvider>
  );
}

function TopBar() {
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  const keys = useKeyNames("mod+k");
  useHotkey("mod+k", "Search or run a command", () => setPalette((open) => !open));
  useHotkey("?", "This help", () => setHelp(true));
  return (
    <header className="flex h-bar shrink-0 items-center gap-1 border-b border-line bg-surface px-3">
      <ZoneLink
        href="/"
        className="mr-2 flex items-center gap-2 rounded-sm font-semibold tracking-tight sm:mr-3"
      >
        <RunweirMark />
        Runweir
      </ZoneLink>
      <NavLinks />
      <div className="ml-auto flex items-center gap-1">
        <button
          type="button"
          onClick={() => setPalette(true)}
          className="hidden h-control w-55 items-center justify-between gap-2 rounded-md border border-line px-2.5 text-sm text-ink-2 hover:bg-hover sm:flex"
        >
          Search or run a command
          <Kbd>{keys}</Kbd>
        </button>
        <IconButton
          label="Search or run a command"
          className="sm:hidden"
          icon={<Search aria-hidden className="size-4" />}
          onClick={() => setPalette(true)}
        />
        <IconButton
          label="Keyboard help"
          className="max-sm:hidden"
          icon={<CircleHelp aria-hidden className="size-4" />}
          onClick={() => setHelp(true)}
        />
        <ThemeSwitch />
      </div>
      <CommandPalette open={palette} onOpenChange={setPalette} onHelp={() => setHelp(true)} />
      <HotkeyHelp open={help} onOpenChange={setHelp} />
    </header>
  );
}
