import type { ReactNode } from "react";
import { type AnswerSource, SourceNote } from "./source-note.tsx";

/** The line under a tab: what is shown, and from where it is. */
export function TabFooter({
  source,
  children,
}: {
  readonly source: AnswerSource | undefined;
  readonly children?: ReactNode;
}) {
  return (
    <footer className="flex min-h-7 shrink-0 flex-wrap items-center gap-x-4 border-t border-line bg-bg px-4 py-1 font-mono text-xs text-ink-3">
      {children}
      <span className="ml-auto">{source && <SourceNote source={source} />}</span>
    </footer>
  );
}
