import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

export type Tone = "neutral" | "accent" | "ok" | "warn" | "bad" | "live";

const tones: Readonly<Record<Tone, string>> = {
  neutral: "border-line bg-sunken text-ink-2",
  accent: "border-transparent bg-accent-soft text-accent",
  ok: "border-transparent bg-ok-soft text-ok",
  warn: "border-transparent bg-warn-soft text-warn",
  bad: "border-transparent bg-bad-soft text-bad",
  live: "border-transparent bg-live-soft text-live",
};

/** A pill: a count, a tag, a state in one or two words. */
export function Badge({
  tone = "neutral",
  children,
  title,
  className,
}: {
  readonly tone?: Tone;
  readonly children: ReactNode;
  readonly title?: string;
  readonly className?: string;
}) {
  return (
    <span
      title={title}
      className={classNames(
        "inline-flex h-5 max-w-full items-center gap-1 rounded-full border px-1.75 text-xs whitespace-nowrap",
        tones[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}
