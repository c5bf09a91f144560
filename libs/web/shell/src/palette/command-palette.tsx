"use client";

import { describeError } from "@runweir/web-trpc-client";
import {
  copyText,
  Kbd,
  RelativeTime,
  RunDot,
  Status,
  setThemeMode,
  statusKindOf,
  useToast,
} from "@runweir/web-ui";
import { zoneOf } from "@runweir/web-zones";
import { Command } from "cmdk";
import { ArrowRight, FlaskConical, Search, Zap } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { Dialog } from "radix-ui";
import { useState } from "react";
import { showKeys } from "../show-keys.ts";
import { createActions, filterCommands, pages } from "./commands.ts";
import { PaletteGroup, PaletteItem } from "./palette-item.tsx";
import { usePaletteSearch } from "./use-palette-search.ts";

interface PaletteProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onHelp: () => void;
}

/** Everything from the keyboard: pages, experiments, runs, actions. */
export function CommandPalette({ open, onOpenChange, onHelp }: PaletteProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="animate-fade fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className="animate-pop fixed top-[10vh] left-1/2 z-50 w-[calc(100vw-24px)] max-w-150 -translate-x-1/2 overflow-hidden rounded-lg border border-line bg-surface shadow-pop outline-none"
        >
          <Dialog.Title className="sr-only">Search or run a command</Dialog.Title>
          <PaletteBody open={open} onOpenChange={onOpenChange} onHelp={onHelp} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteBody({ open, onOpenChange, onHelp }: PaletteProps) {
  const [text, setText] = useState("");
  const search = usePaletteSearch(text, open);
  const go = useGo();
  const toast = useToast();
  const close = (act: () => void) => () => {
    onOpenChange(false);
    act();
  };
  const copyAddress = async () => {
    const copied = await copyText(window.location.origin);
    toast(
      copied
        ? { title: "Address copied", description: window.location.origin }
        : { title: window.location.origin },
    );
  };
  const actions = createActions({
    setTheme: setThemeMode,
    showHelp: onHelp,
    copyAddress: () => void copyAddress(),
  });
  return (
    // The server has filtered experiments and runs already, and the commands are filtered by their words.
    <Command label="Search or run a command" shouldFilter={false} loop>
      <div className="flex items-center gap-2 border-b border-line px-3">
        <Search aria-hidden className="size-4 text-ink-3" />
        <Command.Input
          autoFocus
          value={text}
          onValueChange={setText}
          placeholder="Search experiments and runs, or type a command"
          className="h-11 flex-1 bg-transparent outline-none placeholder:text-ink-3"
        />
        <Kbd>Esc</Kbd>
      </div>
      <Command.List className="max-h-[60vh] overflow-y-auto p-1.5">
        {!search.busy && (
          <Command.Empty className="px-3 py-6 text-center text-ink-3">
            Nothing is called “{text}”.
          </Command.Empty>
        )}
        {search.error !== undefined && (
          <p role="alert" className="px-3 py-2 text-sm text-bad">
            {describeError(search.error).message}
          </p>
        )}
        <PaletteGroup heading="Pages">
          {filterCommands(pages, text).map(({ id, label, href }) => (
            <PaletteItem
              key={id}
              value={`page ${id}`}
              icon={<ArrowRight aria-hidden className="size-3.5" />}
              onSelect={close(() => go(href ?? "/"))}
            >
              {label}
            </PaletteItem>
          ))}
        </PaletteGroup>
        <PaletteGroup heading="Experiments">
          {search.experiments.map(({ experimentId, name, lastUpdateTime }) => (
            <PaletteItem
              key={experimentId}
              value={`experiment ${experimentId}`}
              icon={<FlaskConical aria-hidden className="size-3.5" />}
              hint={<RelativeTime at={lastUpdateTime} />}
              onSelect={close(() => go(`/experiments/${experimentId}`))}
            >
              {name}
            </PaletteItem>
          ))}
        </PaletteGroup>
        <PaletteGroup heading="Runs">
          {search.runs.map((run) => (
            <PaletteItem
              key={run.runId}
              value={`run ${run.runId}`}
              icon={<RunDot runId={run.runId} />}
              hint={<Status kind={statusKindOf(run.status)} quiet />}
              detail={run.experimentName}
              onSelect={close(() => go(`/runs/${run.runId}`))}
            >
              {run.runName || run.runId}
            </PaletteItem>
          ))}
        </PaletteGroup>
        <PaletteGroup heading="Actions">
          {filterCommands(actions, text).map(({ id, label, keys, run }) => (
            <PaletteItem
              key={id}
              value={`action ${id}`}
              icon={<Zap aria-hidden className="size-3.5" />}
              hint={keys === undefined ? undefined : <Kbd>{showKeys(keys)}</Kbd>}
              onSelect={close(() => run?.())}
            >
              {label}
            </PaletteItem>
          ))}
        </PaletteGroup>
      </Command.List>
    </Command>
  );
}

/** Soft inside a zone, a full load across. */
function useGo(): (href: string) => void {
  const router = useRouter();
  const pathname = usePathname() ?? "/";
  return (href) => {
    if (zoneOf(pathname) === zoneOf(href)) router.push(href);
    else window.location.assign(href);
  };
}
