"use client";

import { SearchInput, useHotkey } from "@runweir/web-ui";
import { useRef, useState } from "react";
import { isFilter } from "./search-filter.ts";

/** Words find models as they are typed; a filter in MLflow's grammar is applied with Enter, when it is whole. */
export function ModelSearch({
  text,
  onText,
  refused,
}: {
  /** The search in force. */
  readonly text: string;
  readonly onText: (text: string) => void;
  /** What the server says of it, when it is no filter that it knows. */
  readonly refused: string | undefined;
}) {
  const [draft, setDraft] = useState({ of: text, text });
  // Back and forward change the search in force from outside; the draft follows.
  if (draft.of !== text) setDraft({ of: text, text });
  const box = useRef<HTMLInputElement>(null);
  useHotkey("/", "Search models", () => box.current?.focus());
  const pending = draft.text !== text;
  return (
    <form
      className="px-4 pb-2"
      onSubmit={(event) => {
        event.preventDefault();
        onText(draft.text);
      }}
    >
      <div className="flex items-center gap-2">
        <SearchInput
          ref={box}
          label="Search models"
          placeholder="Name, or a filter: tags.team = 'risk'"
          value={draft.text}
          onValueChange={(next) => {
            // Half a filter would only be refused.
            const applied = isFilter(next) ? text : next;
            setDraft({ of: applied, text: next });
            if (applied !== text) onText(applied);
          }}
          aria-invalid={refused !== undefined}
          aria-describedby="model-search-note"
          className="max-w-160 flex-1"
        />
        <span className="text-sm text-ink-3 max-sm:hidden" aria-live="polite">
          {pending ? "Enter to apply" : ""}
        </span>
      </div>
      <p
        id="model-search-note"
        role={refused ? "alert" : undefined}
        className="pt-1 text-sm text-bad empty:hidden"
      >
        {pending ? undefined : refused}
      </p>
    </form>
  );
}
