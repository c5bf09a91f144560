import { Ban, Check, CircleDashed, Clock, X } from "lucide-react";
import type { ReactNode } from "react";
import { Badge, type Tone } from "./badge.tsx";
import { classNames } from "./class-names.ts";

/** What a thing is doing, told by shape and word as well as by colour. */
export type StatusKind = "running" | "waiting" | "done" | "failed" | "stopped" | "unknown";

const kinds: Readonly<Record<StatusKind, { readonly tone: Tone; readonly word: string }>> = {
  running: { tone: "live", word: "running" },
  waiting: { tone: "warn", word: "scheduled" },
  done: { tone: "ok", word: "finished" },
  failed: { tone: "bad", word: "failed" },
  stopped: { tone: "warn", word: "killed" },
  unknown: { tone: "neutral", word: "unknown" },
};

const inks: Readonly<Record<Tone, string>> = {
  neutral: "text-ink-3",
  accent: "text-accent",
  ok: "text-ok",
  warn: "text-warn",
  bad: "text-bad",
  live: "text-live",
};

/** MLflow's words for a run's state; anything else is "unknown". */
export function statusKindOf(status: string): StatusKind {
  switch (status) {
    case "RUNNING":
      return "running";
    case "SCHEDULED":
      return "waiting";
    case "FINISHED":
      return "done";
    case "FAILED":
      return "failed";
    case "KILLED":
      return "stopped";
    default:
      return "unknown";
  }
}

export function Status({
  kind,
  children,
  quiet = false,
}: {
  readonly kind: StatusKind;
  /** Said instead of the state's own word, as in "running · 41 min". */
  readonly children?: ReactNode;
  /** Without the pill, for dense rows. */
  readonly quiet?: boolean;
}) {
  const { tone, word } = kinds[kind];
  if (quiet) {
    return (
      <span className={classNames("inline-flex items-center gap-1 text-sm", inks[tone])}>
        <StatusMark kind={kind} />
        {children ?? word}
      </span>
    );
  }
  return (
    <Badge tone={tone}>
      <StatusMark kind={kind} />
      {children ?? word}
    </Badge>
  );
}

/** The shape alone; say the state in words nearby. */
export function StatusMark({ kind }: { readonly kind: StatusKind }) {
  const size = "size-3 shrink-0";
  switch (kind) {
    case "running":
      return (
        <span aria-hidden className="relative grid size-3 shrink-0 place-items-center">
          <span className="animate-shimmer size-2 rounded-full bg-current" />
        </span>
      );
    case "waiting":
      return <Clock aria-hidden className={size} strokeWidth={2.5} />;
    case "done":
      return <Check aria-hidden className={size} strokeWidth={3} />;
    case "failed":
      return <X aria-hidden className={size} strokeWidth={3} />;
    case "stopped":
      return <Ban aria-hidden className={size} strokeWidth={2.5} />;
    case "unknown":
      return <CircleDashed aria-hidden className={size} strokeWidth={2.5} />;
  }
}
