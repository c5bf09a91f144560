"use client";

import { IconButton, Kbd, ThemeSwitch, useHotkey, useKeyNames } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { CircleHelp, Search } from "lucide-react";
import { useState } from "react";
import { AccountMenu } from "./account-menu.tsx";
import { frameKeys } from "./group-hotkeys.ts";
import { HotkeyHelp } from "./hotkey-help.tsx";
import { NavLinks } from "./nav-links.tsx";
import { CommandPalette } from "./palette/command-palette.tsx";
import { CreateExperiment } from "./palette/create-experiment.tsx";
import { useActions } from "./palette/use-actions.ts";
import { ReviewsLink } from "./reviews-link.tsx";
import { RunweirMark } from "./runweir-mark.tsx";
import { useGo } from "./use-go.ts";

const search = "Search or run a command";

/** Where one can go and what can be done, the same on every page of every zone. */
export function TopBar() {
  const [open, setOpen] = useState<"palette" | "help" | "create">();
  const show = (which: "palette" | "help" | "create") => (shown: boolean) =>
    setOpen((now) => (shown ? which : now === which ? undefined : now));
  const go = useGo();
  const keys = useKeyNames(frameKeys.palette);
  const actions = useActions({
    createExperiment: () => setOpen("create"),
    showHelp: () => setOpen("help"),
  });
  useHotkey(frameKeys.palette, search, () => setOpen((now) => (now === "palette" ? undefined : "palette")));
  useHotkey(frameKeys.help, "This help", () => setOpen("help"));
  return (
    <header className="flex h-bar shrink-0 items-center gap-1 border-b border-line bg-surface px-3 max-sm:px-2">
      <ZoneLink
        href="/"
        className="mr-1 flex items-center gap-2 rounded-sm font-semibold tracking-tight sm:mr-3"
      >
        <RunweirMark />
        <span className="max-sm:sr-only">Runweir</span>
      </ZoneLink>
      <NavLinks />
      <div className="ml-auto flex items-center sm:gap-1">
        <button
          type="button"
          onClick={() => setOpen("palette")}
          className="hidden h-control w-56 items-center justify-between gap-2 rounded-md border border-line px-2.5 text-left text-sm whitespace-nowrap text-ink-2 hover:bg-hover sm:flex"
        >
          {search}
          <Kbd>{keys}</Kbd>
        </button>
        <IconButton
          label={search}
          className="sm:hidden"
          icon={<Search aria-hidden className="size-4" />}
          onClick={() => setOpen("palette")}
        />
        <ReviewsLink />
        <IconButton
          label="Keyboard help"
          className="max-sm:hidden"
          icon={<CircleHelp aria-hidden className="size-4" />}
          onClick={() => setOpen("help")}
        />
        <ThemeSwitch />
        <AccountMenu />
      </div>
      <CommandPalette open={open === "palette"} onOpenChange={show("palette")} actions={actions} />
      <HotkeyHelp open={open === "help"} onOpenChange={show("help")} />
      <CreateExperiment open={open === "create"} onOpenChange={show("create")} onCreated={go} />
    </header>
  );
}
