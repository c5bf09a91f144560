"use client";

import { describeError } from "@runweir/web-trpc-client";
import { Kbd, useFocusReturn } from "@runweir/web-ui";
import { Command } from "cmdk";
import { Search } from "lucide-react";
import { Dialog } from "radix-ui";
import { useState } from "react";
import { useGo } from "../use-go.ts";
import { buildGroups } from "./build-groups.tsx";
import type { Command as PaletteCommand } from "./commands.ts";
import { PaletteList } from "./palette-list.tsx";
import { usePaletteSearch } from "./use-palette-search.ts";

interface PaletteProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly actions: readonly PaletteCommand[];
}

/** Everything from the keyboard: pages, experiments, models, runs, actions. */
export function CommandPalette({ open, onOpenChange, actions }: PaletteProps) {
  const focus = useFocusReturn(open);
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="animate-fade fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={focus.remember}
          onCloseAutoFocus={focus.keepGiven}
          className="animate-pop fixed top-[10vh] left-1/2 z-50 w-[calc(100vw-24px)] max-w-150 -translate-x-1/2 overflow-hidden rounded-lg border border-line bg-surface shadow-pop outline-none"
        >
          <Dialog.Title className="sr-only">Search or run a command</Dialog.Title>
          <PaletteBody open={open} onOpenChange={onOpenChange} actions={actions} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteBody({ open, onOpenChange, actions }: PaletteProps) {
  const [text, setText] = useState("");
  const [moved, setMoved] = useState<string>();
  const search = usePaletteSearch(text, open);
  const go = useGo();
  const groups = buildGroups(text, search, actions, go);
  const values = groups.flatMap(({ entries }) => entries.map(({ value }) => value));
  // Something is always chosen, so that Enter works as soon as there is an answer.
  const chosen = moved !== undefined && values.includes(moved) ? moved : (values[0] ?? "");
  return (
    // The server has filtered experiments, models and runs already, and the commands are ranked by their words.
    <Command
      label="Search or run a command"
      shouldFilter={false}
      loop
      value={chosen}
      onValueChange={setMoved}
    >
      <div className="flex items-center gap-2 border-b border-line px-3">
        <Search aria-hidden className="size-4 text-ink-3" />
        <Command.Input
          value={text}
          onValueChange={setText}
          placeholder="Search experiments, models and runs, or type a command"
          className="h-11 min-w-0 flex-1 bg-transparent outline-none placeholder:text-ink-3"
        />
        <Kbd>Esc</Kbd>
      </div>
      <Command.List className="max-h-[min(60vh,480px)] overflow-y-auto p-1.5 empty:hidden">
        <PaletteList
          groups={groups}
          onChoose={({ act }) => {
            onOpenChange(false);
            act();
          }}
        />
        {values.length === 0 && (
          <p role="status" className="px-3 py-6 text-center text-ink-3">
            {search.busy ? "Searching…" : `Nothing is called “${text.trim()}”.`}
          </p>
        )}
        {search.error !== undefined && (
          <p role="alert" className="px-3 py-2 text-sm text-bad">
            {describeError(search.error).message}
          </p>
        )}
      </Command.List>
      <footer
        aria-hidden
        className="flex items-center gap-3 border-t border-line px-3 py-1.5 text-xs text-ink-3 max-sm:hidden"
      >
        <span>
          <Kbd>↑</Kbd> <Kbd>↓</Kbd> move
        </span>
        <span>
          <Kbd>Enter</Kbd> open
        </span>
      </footer>
    </Command>
  );
}
