"use client";

import { type ApiProblem, describeError } from "@runweir/web-trpc-client";
import { formatCount, SearchInput, useHotkey } from "@runweir/web-ui";
import { useRef, useState } from "react";

/** The filter in MLflow's grammar; what the server says of it stands under the box. */
export function FilterBox({
  filter,
  onFilter,
  error,
  total,
  stale,
}: {
  /** The filter in force. */
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
  readonly error: unknown;
  readonly total: number | undefined;
  readonly stale: boolean;
}) {
  const [draft, setDraft] = useState({ of: filter, text: filter });
  // Back and forward change the filter in force from outside; the draft follows.
  if (draft.of !== filter) setDraft({ of: filter, text: filter });
  const box = useRef<HTMLInputElement>(null);
  useHotkey("/", "Filter runs", () => box.current?.focus());
  const problem = error === undefined ? undefined : describeError(error);
  const refused = problem !== undefined && isAboutFilter(problem) ? problem : undefined;
  return (
    <div className="px-4 pb-2">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onFilter(draft.text);
        }}
        className="flex items-center gap-2"
      >
        <SearchInput
          ref={box}
          mono
          label="Filter runs"
          placeholder="metrics.loss < 0.3 and params.model = 'xgb'"
          value={draft.text}
          onValueChange={(text) => {
            setDraft({ of: filter, text });
            if (text === "") onFilter("");
          }}
          aria-invalid={refused !== undefined}
          aria-describedby="filter-note"
          className="flex-1"
        />
        <span className="num shrink-0 text-ink-3 max-sm:hidden" aria-live="polite">
          {draft.text.trim() !== filter ? "Enter to apply" : stale ? "…" : describeTotal(filter, total)}
        </span>
      </form>
      <p id="filter-note" role={refused ? "alert" : undefined} className="pt-1 text-sm text-bad empty:hidden">
        {refused?.message}
      </p>
    </div>
  );
}

/** Whether the server refused the question itself. */
export function isAboutFilter(problem: ApiProblem): boolean {
  return problem.code === "invalid_argument";
}

function describeTotal(filter: string, total: number | undefined): string {
  if (total === undefined) return "";
  return `${formatCount(total)} ${filter !== "" ? "match" : total === 1 ? "run" : "runs"}`;
}
